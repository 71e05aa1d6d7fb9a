import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeElement, inside, key, page } from "./load.mjs";

let rove, buttons;

beforeEach(async () => {
  page();
  ({ rove } = await inside("stage", "rove"));
  buttons = [0, 1, 2, 3].map(() => new FakeElement("button"));
  buttons[1].focus();
});

const at = () => buttons.indexOf(document.activeElement);
const stops = () => buttons.filter((button) => button.tabIndex === 0);

function pressed(name, more) {
  const event = key(name, document.activeElement, more);
  rove(event, buttons);
  return event.prevented;
}

for (const [name, place] of Object.entries({ ArrowRight: 2, ArrowLeft: 0, Home: 0, End: 3 })) {
  test(`${name} goes to the button that it names, which is now the one Tab stop`, () => {
    assert.ok(pressed(name));
    assert.equal(at(), place);
    assert.deepEqual(stops(), [buttons[place]]);
  });
}

test("at an end of the row the key does nothing, and still belongs to the row", () => {
  buttons[3].focus();
  assert.ok(pressed("ArrowRight"));
  assert.equal(at(), 3);
});

test("other keys, and keys with others held, are not the row's", () => {
  assert.ok(!pressed("ArrowDown"));
  assert.ok(!pressed("ArrowRight", { ctrlKey: true }));
  assert.equal(at(), 1);
});
