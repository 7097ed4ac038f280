/** An element of the page that must exist. */
export function requireElement<T extends Element>(id: string, type: new () => T): T {
  const found = document.querySelector(`#${id}`);
  if (!(found instanceof type)) {
    throw new TypeError(`The page has no ${type.name} #${id}.`);
  }
  return found;
}

/** A new element with properties and children. Text is always text: nothing is parsed as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  Object.assign(node, properties);
  node.append(...children);
  return node;
}
