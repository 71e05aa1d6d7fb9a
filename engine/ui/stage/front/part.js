// A step, or a place that shows a part of it: hands its record to the stage's code (stage.js), which may come later, or
// newer. The record comes as JSON in bytes.

const utf8 = new TextDecoder();

/** @param {Component<Uint8Array>} sent */
export default (sent) => {
  const component = { ...sent, data: JSON.parse(utf8.decode(sent.data)) };
  window.sequenceStage ??= { parts: new Map() };
  const hub = window.sequenceStage;
  hub.parts.set(sent.parentElement, component);
  hub.show?.(component);
  return () => {
    // Streamlit also cleans up calls that newer data has overtaken; only leaving the page ends a part.
    if (sent.parentElement.isConnected) return;
    hub.parts.delete(sent.parentElement);
    hub.hide?.(component);
  };
};
