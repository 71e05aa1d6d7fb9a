// --- A stage in a slide. The keys are its own once it was clicked, or when the deck says that its slide is on: reveal.js
// --- sends "slide:start" then. It takes the focus from nobody else. What has come to an end here, it hands to the deck.

const handing = {
  ways: /** @type {Record<string, string>} */ ({}), // action -> what the deck is asked to do (deck.py)
  greeted: false,
};

/** @type {(method: string) => void} a method of a deck; nothing that is secret */
const callDeck = (method) => window.parent.postMessage(JSON.stringify({ method, args: [] }), "*");

// A deck says that its slide is on as soon as the frame is there, and the stage may not be: so it is asked to say it again.
function greetDeck() {
  if (handing.greeted || window.parent === window) return;
  handing.greeted = true;
  callDeck("startEmbeddedContent");
}

/** @type {(action: string) => boolean} whether the deck was asked, in the form of reveal.js */
function handOn(action) {
  const method = handing.ways[action];
  if (!method || window.parent === window || presses.waiting.length) return false;
  callDeck(method);
  focused()?.blur();
  window.parent.focus(); // the next key is the deck's
  return true;
}

/** @type {(event: MessageEvent) => void} */
function onMessage({ source, data }) {
  if (source === window.parent && window.parent !== window && data === "slide:start") window.focus();
}
