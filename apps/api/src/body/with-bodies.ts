import type { AnswerPlanner, BodyPlanner } from "../app-deps.ts";
import { answerBody } from "./answer-body.ts";

/** Gives a planner of answers the writing of their bodies, on the caller's thread. */
export function withBodies<P extends AnswerPlanner>(planner: P): NoInfer<P> & BodyPlanner {
  return {
    ...planner,
    async writePareto(request, style, { signal, onImprovement } = {}) {
      const answer = await planner.planPareto(request, {
        ...(signal === undefined ? {} : { signal }),
        ...(onImprovement === undefined
          ? {}
          : { onImprovement: (better) => onImprovement(answerBody(better, style)) }),
      });
      return answerBody(answer, style);
    },
    async writeRoute(request, style, control) {
      const alone = control?.signal === undefined ? {} : { signal: control.signal };
      return answerBody(await planner.planRoute(request, alone), style);
    },
  };
}
