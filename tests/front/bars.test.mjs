import assert from "node:assert/strict";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { FakeElement, inside, page } from "./load.mjs";

let front, drawn, place, sent, widths;

/** Plotly as far as it is asked: what it drew, and in which element. */
const plotly = () => ({
  react(chart, data, layout) {
    if (data === "broken") throw new Error("no chart");
    drawn.push({ chart, data, width: layout.width, step: layout.meta.step });
  },
  purge: (chart) => drawn.push({ purged: chart }),
});

class Place extends FakeElement {
  children = [];
  childNodes = [];
  attributes = [];
  clientWidth = 0;
  getBoundingClientRect = () => ({ top: 0, left: 0, right: 400 });
  appendChild(child) {
    child.parentNode = this;
    this.children.push(child);
  }
  replaceChildren(...children) {
    this.children = children;
  }
  setAttribute(name, value) {
    this[name] = value;
  }
  getAttribute(name) {
    return this[name];
  }
  insertBefore(child) {
    this.children.push(child);
  }
}

const told = (step, data = [step]) => ({ step, undrawable: "cannot be drawn", bars: { alt: `t = ${step}`, chart: { data, layout: { height: 70, margin: { t: 5, b: 5 }, meta: { step } } } } });
const show = (step, data) => front.showBars({ parentElement: place, setTriggerValue: (...what) => sent.push(what) }, told(step, data));
const wide = (width) => {
  place.children[0].clientWidth = width;
  for (const look of widths) look();
};

beforeEach(async () => {
  page();
  [drawn, sent, widths] = [[], [], []];
  globalThis.ResizeObserver = class {
    constructor(look) {
      this.look = look;
    }
    observe() {
      widths.push(this.look);
    }
    disconnect() {
      widths.splice(widths.indexOf(this.look), 1);
    }
  };
  globalThis.document.createElement = (tag) => Object.assign(new Place(tag), { getContext: () => ({}) });
  globalThis.document.createTextNode = () => ({});
  globalThis.console.error = () => {};
  place = new Place("place");
  window.Plotly = plotly();
  front = await inside("stage", "showBars", "hideBars", "PLOTLY");
});

test("one chart is drawn from step to step, as wide as its place, and says what it shows", () => {
  show(1);
  assert.deepEqual(drawn, []); // nobody knows how wide it is
  wide(400);
  show(2);
  wide(500);
  wide(500);
  assert.deepEqual(drawn.map(({ step, width }) => [step, width]), [[1, 400], [2, 400], [2, 500]]);
  assert.equal(new Set(drawn.map(({ chart }) => chart)).size, 1);
  assert.equal(place.children[0]["aria-label"], "t = 2");
});

/** A pointer goes down on the chart of rows of 20 pixels below a margin of 5, and up again. */
function pressed(down, up = {}, between = () => {}) {
  const event = (type, more) => Object.assign(new Event(type), { clientX: 50, clientY: 15, button: 0, isPrimary: true, pointerType: "mouse", ...more });
  const [first, last] = [event("pointerdown", down), event("pointerup", { ...down, ...up })];
  place.children[0].dispatchEvent(first);
  between(event);
  if (up.later) Object.defineProperty(last, "timeStamp", { value: first.timeStamp + up.later });
  window.dispatchEvent(last);
}
const rows = [[2, 17], [2, 4], [2, -1]];

test("a press on a row tells what it says, to the latest part", () => {
  show(1);
  wide(400);
  front.showBars({ parentElement: place, setTriggerValue: (...what) => sent.push(["newer", ...what]) }, told(2, [{ customdata: rows }]));
  pressed({});
  pressed({ clientY: 64 });
  assert.deepEqual(sent, [["newer", "clicked", [2, 17]], ["newer", "clicked", [2, -1]]]);
});

test("where a step comes between, the row of the step that was pressed is told", () => {
  show(2, [{ customdata: rows }]);
  wide(400);
  pressed({}, {}, () => show(3, [{ customdata: [[3, 5], [3, 6], [3, 7]] }]));
  assert.deepEqual(sent, [["clicked", [2, 17]]]);
});

const touch = { pointerType: "touch" };
for (const [what, down, up, between] of [
  ["another row when it is let go", {}, { clientY: 30 }],
  ["beside the chart when it is let go", {}, { clientX: 600 }],
  ["the right button", { button: 2 }],
  ["the margin", { clientY: 3 }],
  ["a finger that moves", touch, { clientX: 70 }],
  ["a finger that rests", touch, { later: 900 }],
  ["a finger that scrolls", touch, {}, (event) => window.dispatchEvent(event("pointercancel"))],
  ["two fingers", touch, {}, (event) => window.dispatchEvent(event("pointerdown", { isPrimary: false }))],
]) {
  test(`no press: ${what}`, () => {
    show(1, [{ customdata: rows }]);
    wide(400);
    pressed(down, up, between);
    assert.deepEqual(sent, []);
  });
}

test("a tap of a finger that trembles is a press", () => {
  show(1, [{ customdata: rows }]);
  wide(400);
  pressed(touch, { clientX: 53 });
  assert.deepEqual(sent, [["clicked", [2, 17]]]);
});

/** Streamlit's front end in a folder of its own, and in it the file that brings Plotly: this code. */
async function streamlit(code) {
  const folder = await mkdtemp(join(tmpdir(), "streamlit-"));
  await writeFile(join(folder, front.PLOTLY), code);
  globalThis.document.querySelector = () => ({ src: pathToFileURL(join(folder, "index.js")).href });
  window.Plotly = undefined;
}
const later = () => new Promise((then) => setTimeout(then, 60));

test("Plotly comes from where Streamlit's own code is, and the latest step is drawn then", async () => {
  globalThis.plotly = plotly;
  await streamlit("window.Plotly = plotly();");
  show(1);
  wide(400);
  show(2);
  await later();
  assert.deepEqual(drawn.map(({ step }) => step), [2]);
});

test("who has left when it comes gets nothing", async () => {
  globalThis.plotly = plotly;
  await streamlit("window.Plotly = plotly(); // again");
  show(1);
  wide(400);
  front.hideBars(place);
  await later();
  assert.deepEqual(drawn, []);
});

test("where it does not come the place says so", async () => {
  await streamlit("throw new Error('no Plotly');");
  show(1);
  wide(400);
  await later();
  assert.equal(place.children[0].children[0].role, "alert");
});

test("what cannot be drawn says so in place of the bars before, and the next is drawn again", () => {
  show(1);
  wide(400);
  const [{ chart }] = drawn;
  show(2, "broken");
  assert.deepEqual(drawn.at(-1), { purged: chart });
  assert.ok(!place.children[0].children.includes(chart));
  show(3);
  assert.equal(drawn.at(-1).step, 3);
  assert.notEqual(drawn.at(-1).chart, chart);
  assert.deepEqual(place.children[0].children, [drawn.at(-1).chart]);
});
