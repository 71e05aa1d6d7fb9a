import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { inside, page } from "./load.mjs";

const write = async (search, query) => {
  const { location } = page(search);
  const { writeAddress } = await inside("stage", "writeAddress");
  writeAddress(query);
  return location.search;
};

beforeEach(() => mock.timers.reset());

test("the address is the query", async () => assert.equal(await write("", "seed=3&t=4"), "?seed=3&t=4"));

test("parameters that are ours are replaced, also those that the query leaves out", async () =>
  assert.equal(await write("?seed=1&t=9&temperature=0.5", "seed=3"), "?seed=3"));

test("parameters of others stay", async () =>
  assert.equal(await write("?embed=true&seed=1&embed_options=dark_theme&utm=x", "seed=3"), "?seed=3&embed=true&embed_options=dark_theme&utm=x"));

test("a query is taken as it is, a full stop that was put in code too", async () =>
  assert.equal(await write("", "text=A%20cat%2E"), "?text=A%20cat%2E"));

test("an address that is right already is not written again, for browsers count that", async () => {
  page("?seed=3");
  const { writeAddress } = await inside("stage", "writeAddress");
  history.replaceState = () => assert.fail();
  writeAddress("seed=3");
});

test("of many links within 400 ms the last one is written", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { location } = page();
  const { writeLink } = await inside("stage", "writeLink");
  for (let t = 1; t <= 9; t++) writeLink(`t=${t}`);
  assert.equal(location.search, "");
  mock.timers.tick(400);
  assert.equal(location.search, "?t=9");
});

test("a page that has been left does not write over the address of the one on show", async () => {
  const { location } = page("?lang=zh");
  location.pathname = "/score";
  const { default: mount } = await inside("page_address", "OUR_KEYS");
  mount({ data: { page: "compare", query: "lang=en" } });
  assert.equal(location.search, "?lang=zh");
  mount({ data: { page: "score", query: "lang=en" } });
  assert.equal(location.search, "?lang=en");
});
