// What the front end finds around it: Streamlit's components (v2), and what engine/ui/front_end.py puts before its files.

type Component<Data> = {
  data: Data;
  parentElement: HTMLElement | ShadowRoot;
  setStateValue(name: string, value: unknown): void;
  setTriggerValue(name: string, value: unknown): void;
};
type StagePart = Component<Step | Place>;

// What of Plotly is used.
type Layout = { height: number; margin: { t: number; b: number } } & Record<string, unknown>;
type Chart = { data: { customdata: unknown[] }[]; layout: Layout };
interface Plotly {
  react(chart: HTMLElement, data: object[], layout: object, config: object): Promise<unknown>;
  purge(chart: HTMLElement): void;
  toImage(figure: object, options: object): Promise<string>;
}

// What of the stage's code draws for others.
interface Stage {
  sheet: CSSStyleSheet;
  network(record: Network | TeacherForcedNetwork, choice: Switch, width: number): any;
  drawStrips(record: DrawStrips | null, width: number, step: number): any;
  bringPlotly(): Promise<void>;
}

interface Window {
  sequenceFrame?: { version: string; leave(): void };
  sequenceStage?: {
    parts: Map<ParentNode, StagePart>;
    version?: string;
    show?(component: StagePart): void;
    hide?(component: StagePart): void;
    leave?(): void;
    writeNow?(): void;
  } & Partial<Stage>;
  Plotly?: Plotly; // Streamlit's own
}

interface Node {
  stageKey?: string; // what dom.js knows an element by
}
