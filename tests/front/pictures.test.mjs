import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { inside, page } from "./load.mjs";

let wrapped;

beforeEach(async () => {
  page();
  // every letter ten pixels wide
  globalThis.document.createElement = () => ({ getContext: () => ({ measureText: (text) => ({ width: 10 * text.length }) }) });
  ({ wrapped } = await inside("save_chart", "wrapped"));
});

test("a caption breaks between words, and none is lost", () => {
  const text = "The draw at t = 5: every token owns a segment.";
  const lines = wrapped(text, 170);
  assert.ok(lines.length > 2);
  assert.equal(lines.join(" ").replace(/\s+/g, " ").trim(), text);
  for (const line of lines) assert.ok(1.15 * 10 * line.trimEnd().length <= 170);
});

test("Chinese breaks at any letter, but no line begins with a stop", () => {
  const text = "每个词元占一段，宽度就是它的概率；u 落在哪一段，就抽到哪个词元。";
  for (let width = 80; width < 300; width += 10) {
    const lines = wrapped(text, width);
    assert.ok(lines.length > 1);
    assert.equal(lines.join("").replace(/\s/g, ""), text.replace(/\s/g, ""));
    for (const line of lines) assert.doesNotMatch(line, /^[，。；：]/);
  }
});

test("a word longer than a line has one of its own", () => {
  assert.deepEqual(wrapped("a responsibilities b", 60).map((line) => line.trim()), ["a", "responsibilities", "b"]);
});
