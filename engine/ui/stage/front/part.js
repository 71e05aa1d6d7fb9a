// A part of the stage: hands its record to the stage's code (stage.js), or leaves it for it until that has loaded. The
// record comes as JSON in bytes.

const utf8 = new TextDecoder();

export default (sent) => {
  const component = { ...sent, data: JSON.parse(utf8.decode(sent.data)) };
  const hub = (window.sequenceStage ??= { waiting: new Map() });
  if (hub.show) hub.show(component);
  else hub.waiting.set(component.parentElement, component);
  return () => hub.hide?.(component);
};
