// --- The speaker's window is another tab of this browser (engine/ui/stage/speaker.py). It says hello, and from then on is
// --- told of every step by its link; what is pressed there is done here. Nothing of it goes through the server.

const channel = new BroadcastChannel(CHANNEL);
const followed = { is: false, query: "" };

function openSpeaker() {
  window.open(`${location.pathname}?view=speaker`, "speaker", "popup,width=960,height=720");
}

/** @type {(query: string) => void} */
function tellSpeaker(query) {
  followed.query = query;
  if (followed.is) channel.postMessage({ from: presses.mount, query });
}

channel.onmessage = ({ data }) => {
  if (!listening) return; // another page is on show
  if (data.hello) {
    followed.is = true;
    tellSpeaker(followed.query);
  } else if (data.to === presses.mount) {
    if (data.action === "blank") blank();
    else press(data.action);
  }
};
