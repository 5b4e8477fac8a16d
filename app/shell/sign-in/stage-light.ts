import { html, svg, type TemplateResult } from 'lit';

/** The mark of the product, the same as on the home screen. */
export const brandMark = (): TemplateResult =>
  html`<img class="mark" src="/favicon.svg" width="36" height="36" alt="" />`;

const beams = [
  { x: 96, spread: 74, lean: 150 },
  { x: 250, spread: 92, lean: 40 },
  { x: 410, spread: 92, lean: -60 },
  { x: 560, spread: 74, lean: -170 },
];

const beam = ({ x, spread, lean }: (typeof beams)[number], at: number) =>
  svg`<polygon class="beam b${at}" points="${x},24 ${x + lean + spread},820 ${x + lean - spread},820"></polygon>
    <rect class="lamp" x=${x - 13} y="14" width="26" height="14" rx="4"></rect>`;

/** Stage lights over a dark room: the picture beside the form at a desk. Decorative. */
export const stageLight = (): TemplateResult => html`
  <svg class="stage" viewBox="0 0 660 900" preserveAspectRatio="xMidYMin slice" aria-hidden="true">
    <defs>
      <linearGradient id="beam" x1="0" y1="0" x2="0" y2="1">
        <stop class="near" offset="0"></stop>
        <stop class="far" offset="0.68"></stop>
      </linearGradient>
    </defs>
    <rect class="truss" x="-20" y="10" width="700" height="6"></rect>
    ${beams.map(beam)}
  </svg>
`;
