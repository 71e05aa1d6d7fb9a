import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { FakeElement, inside, key, page } from "./load.mjs";

let front, buttons, root;

beforeEach(async () => {
  page();
  front = await inside("stage", "thePrediction", "predictSwitch", "predictChoices", "onRows", "presses", "letGo");
  front.presses.send = () => {};
  buttons = [4, 9, 0].map((argument) => Object.assign(new FakeElement("button"), { dataset: { argument: String(argument) } }));
  buttons[0].focus();
  root = { querySelectorAll: () => buttons };
});

afterEach(() => front.letGo()); // else a press that nobody acknowledges is sent again and again

const row = { outcome: 4, label: "been", number: "13.4%", length: 0.5, mark: 0.25, torn: false, kind: "token", chips: 2, title: "been, 2 chips", back: "Take back" };
const all = (shape, test) => (typeof shape === "object" ? [...(test(shape) ? [shape] : []), ...shape.children.flatMap((one) => all(one, test))] : []);
const pressed = (name) => {
  const event = key(name, document.activeElement);
  front.onRows(event, root);
  return event.prevented;
};

test("a row is one button with its words, as many chips as lie there, and a way to take one back", () => {
  const [rows] = front.thePrediction({ label: "Where?", rows: [row, { ...row, outcome: 0, chips: 0, back: "" }], placed: "2 of 10", how: "" });
  const lays = all(rows, (one) => one.attributes["data-press"] === "lay");
  assert.deepEqual(lays.map((one) => one.attributes["data-argument"]), [4, 0]);
  assert.deepEqual(lays.map((one) => one.attributes.tabindex), [0, -1]);
  assert.equal(lays[0].attributes["aria-label"], "been, 2 chips");
  assert.equal(all(rows, (one) => one.attributes["data-press"] === "take_back").length, 1);
  assert.deepEqual(all(rows, (one) => one.attributes.class === "chips-laid").map((one) => one.children.length), [2, 0]);
});

test("a hidden row has no mark and no length", () => {
  const [rows] = front.thePrediction({ label: "", rows: [{ ...row, number: "", length: 0, mark: null }], placed: "", how: "" });
  assert.equal(all(rows, (one) => one.attributes.class === "mark").length, 0);
  assert.equal(all(rows, (one) => String(one.attributes.class).startsWith("bar"))[0].attributes.style, "width: 0.00%");
});

test("up and down go from row to row, left and right stay the stage's", () => {
  assert.ok(pressed("ArrowDown"));
  assert.equal(document.activeElement, buttons[1]);
  assert.ok(pressed("ArrowUp"));
  assert.equal(document.activeElement, buttons[0]);
  assert.ok(!pressed("ArrowRight"));
  assert.equal(document.activeElement, buttons[0]);
});

for (const name of ["Backspace", "Delete", "-"]) {
  test(`${name} takes a chip back from the row that has the focus`, () => {
    buttons[1].focus();
    assert.ok(pressed(name));
    assert.deepEqual(front.presses.waiting.map(([, action, argument]) => [action, argument]), [["take_back", 9]]);
  });
}

test("elsewhere these keys do nothing", () => {
  document.activeElement = document.body;
  assert.ok(!pressed("Backspace"));
  assert.equal(front.presses.waiting.length, 0);
});

test("no choices are drawn where none is awaited", () => {
  assert.ok(!front.predictChoices({ label: "", help: "", on: true, choices: [] }));
  const drawn = front.predictChoices({ label: "", help: "", on: true, choices: [{ press: "answer", text: "Q", options: [["no", 2, false], ["yes", 3, true]] }] });
  const options = all(drawn, (one) => one.attributes["data-press"] === "answer");
  assert.deepEqual(options.map((one) => [one.attributes["data-argument"], one.attributes["aria-pressed"]]), [[2, "false"], [3, "true"]]);
});
