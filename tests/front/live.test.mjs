import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { FakeElement, inside, page } from "./load.mjs";

let front, slider, around, told, frames;

beforeEach(async () => {
  page();
  frames = [];
  globalThis.requestAnimationFrame = (then) => frames.push(then);
  front = await inside("stage", "onGrasp", "onLetGo", "presses", "letGo");
  told = [];
  front.presses.send = (_name, { items }) => told.push(items.at(-1).slice(1));
  slider = { value: "20", isConnected: true };
  around = Object.assign(new FakeElement(".st-key-setting_temperature"), { querySelector: () => slider });
});

afterEach(() => front.letGo());

const frame = () => frames.splice(0).forEach((then) => void then());
const moved = (value) => {
  slider.value = value;
  frame();
};

test("the slider's places are told while it is dragged, each once, and not after", () => {
  moved("21");
  assert.deepEqual(told, []); // nobody holds it
  front.onGrasp({ target: around });
  moved("22");
  moved("22");
  assert.deepEqual(told, [["drag_temperature", 22]]);
  front.onLetGo();
  moved("23");
  assert.deepEqual(told, [["drag_temperature", 22]]);
  assert.deepEqual(frames, []); // nothing goes on
});

test("a slider that left with its page is not looked at any more", () => {
  front.onGrasp({ target: around });
  slider.isConnected = false;
  moved("22");
  assert.deepEqual([told, frames], [[], []]);
});

test("each setting that has a slider is told by its name", () => {
  const other = Object.assign(new FakeElement(".st-key-setting_top_p"), { querySelector: () => slider });
  front.onGrasp({ target: other });
  moved("90");
  assert.deepEqual(told, [["drag_top_p", 90]]);
});

test("a press that moves the slider at once is told too", () => {
  front.onGrasp({ target: around });
  assert.deepEqual(told, []);
  moved("35");
  assert.deepEqual(told, [["drag_temperature", 35]]);
});

test("what is pressed elsewhere, or on its label, drags nothing", () => {
  for (const target of [new FakeElement("button"), Object.assign(new FakeElement(".st-key-setting_temperature", "label"), { querySelector: () => slider })]) {
    front.onGrasp({ target });
    moved(slider.value === "30" ? "31" : "30");
  }
  assert.deepEqual(told, []);
});
