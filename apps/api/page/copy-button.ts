import { element } from "./dom.ts";

/** A button that copies a text and says so. */
export function copyButton(label: string, text: () => string): HTMLButtonElement {
  const button = element("button", { type: "button", className: "quiet" }, label);
  button.addEventListener("click", () => {
    void copy(text()).then((isCopied) => {
      button.textContent = isCopied ? "Copied" : "Copy failed";
      setTimeout(() => {
        button.textContent = label;
      }, 1500);
    });
  });
  return button;
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages that are not served over https or from this machine have no clipboard: show the text.
    globalThis.prompt("Copy this text:", text);
    return false;
  }
}
