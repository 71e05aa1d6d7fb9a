// The front end's modules as browsers get them (built.py), with a look inside, on a page of as little as they need.

import { readFile } from "node:fs/promises";

/** A page that hears what is sent to it, and knows what has the focus. */
export function page(search = "") {
  const events = new EventTarget();
  events.parent = events; // nothing is around it
  events.matchMedia = () => new EventTarget();
  const location = { search, pathname: "/sample", hash: "", href: "" };
  const history = { state: {}, replaceState: (_state, _title, address) => Object.assign(location, read(address)) };
  const body = new FakeElement("body");
  const document = Object.assign(new EventTarget(), {
    body,
    documentElement: { classList: new Classes() },
    activeElement: body,
    createElement: () => Object.assign(new FakeElement("made"), { getContext: () => ({}) }),
    querySelector: () => null,
    querySelectorAll: () => [],
  });
  const nothing = class {
    observe() {}
    disconnect() {}
    replaceSync() {}
    postMessage() {}
  };
  Object.assign(globalThis, { addEventListener: events.addEventListener.bind(events), window: events, document, location, history, Element: FakeElement, Node: FakeElement });
  Object.assign(globalThis, { MutationObserver: nothing, ResizeObserver: nothing, CSSStyleSheet: nothing, BroadcastChannel: nothing });
  return { location, document };
}

class Classes extends Set {
  remove(name) {
    this.delete(name);
  }
}

const read = (address) => ({ search: address.includes("?") ? address.slice(address.indexOf("?")).replace(/#.*/, "") : "" });

/** An element of which one knows what selectors it matches; `parts` match a selector with many of them. */
export class FakeElement extends EventTarget {
  tabIndex = 0;
  isConnected = false;
  style = {};
  className = "";
  constructor(...parts) {
    super();
    this.parts = parts;
  }
  closest(selector) {
    return selector.split(/, (?![^(]*\))/).some((one) => this.matches(one)) ? this : null;
  }
  matches(selector) {
    return this.parts.some((part) => selector.startsWith(part));
  }
  contains(other) {
    return this === other;
  }
  setAttribute() {}
  append(other) {
    other.isConnected = true;
  }
  remove() {
    this.isConnected = false;
  }
  focus() {
    document.activeElement = this;
  }
  blur() {
    document.activeElement = document.body;
  }
}

/** The things of these `names` in a module, which is run anew. */
export async function inside(module, ...names) {
  const code = await readFile(new URL(`built/${module}.js`, import.meta.url), "utf8");
  const shown = `${code}\nexport { ${names.join(", ")} };\n// ${++runs}`;
  return import(`data:text/javascript,${encodeURIComponent(shown)}`);
}
let runs = 0;

/** A key pressed on `target`. */
export function key(name, target, more = {}) {
  const event = { key: name, target, composedPath: () => [target], prevented: false, ...more };
  event.preventDefault = () => (event.prevented = true);
  return event;
}
