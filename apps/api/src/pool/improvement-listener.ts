import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";

/** The receiving end of a task's improvements. */
export interface ImprovementListener {
  /** For the worker; it has to be transferred. */
  readonly port: MessagePort;
  /** Hears what has been sent by now: the answer comes another way, and may be here first. */
  drain(): void;
  close(): void;
}

/** Opens a channel to a worker that passes on each improvement as soon as it is there. */
export function listenTo(onImprovement: (improvement: unknown) => void): ImprovementListener {
  const { port1, port2 } = new MessageChannel();
  port1.on("message", onImprovement);
  return {
    port: port2,
    drain() {
      for (;;) {
        const received: { readonly message: unknown } | undefined = receiveMessageOnPort(port1);
        if (received === undefined) return;
        onImprovement(received.message);
      }
    },
    close: () => port1.close(),
  };
}
