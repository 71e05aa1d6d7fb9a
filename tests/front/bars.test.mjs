import assert from "node:assert/strict";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { FakeElement, inside, page } from "./load.mjs";

let front, drawn, place, sent, widths;

/** Plotly as far as it is asked: what it drew, in which element, and what a click on a row does. */
const plotly = () => ({
  react(chart, data, layout) {
    if (data === "broken") throw new Error("no chart");
    chart.on = (event, then) => (chart[event] = then);
    drawn.push({ chart, data, width: layout.width, step: layout.meta.step });
  },
  purge: (chart) => drawn.push({ purged: chart }),
});

class Place extends FakeElement {
  children = [];
  childNodes = [];
  attributes = [];
  clientWidth = 0;
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

const record = (step, data = [step]) => ({ part: "bars", step, undrawable: "cannot be drawn", alt: `t = ${step}`, chart: { data, layout: { height: 250, meta: { step } } } });
const show = (step, data) => front.showBars({ data: record(step, data), parentElement: place, setTriggerValue: (...what) => sent.push(what) });
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

test("a click tells what its row says, to the latest part", () => {
  show(1);
  wide(400);
  front.showBars({ data: record(2), parentElement: place, setTriggerValue: (...what) => sent.push(["newer", ...what]) });
  drawn[0].chart.plotly_click({ points: [{ customdata: [2, 17] }] });
  assert.deepEqual(sent, [["newer", "clicked", [2, 17]]]);
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
