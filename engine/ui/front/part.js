// A part of the stage: hands its record to the stage's code (stage.js), or leaves it for it until that has loaded.

export default (component) => {
  const hub = (window.sequenceStage ??= { waiting: new Map() });
  if (hub.show) hub.show(component);
  else hub.waiting.set(component.parentElement, component);
  return () => hub.hide?.(component);
};
