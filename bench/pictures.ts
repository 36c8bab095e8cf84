import { mkdirSync, writeFileSync } from 'node:fs';
import type { Point } from './scenarios/costs.ts';

export type Curve = { name: string; points: readonly Point[]; dashed?: boolean };
export type Picture = {
  file: string;
  title: string;
  x: string;
  y: string;
  curves: readonly Curve[];
  /** Powers of ten are evenly apart on the x axis. */
  logX?: boolean;
};

const [width, height] = [640, 360];
const area = { left: 70, right: 20, top: 44, bottom: 56 };
const colours = ['#0b62a8', '#b8460e', '#2c7a36', '#7b3fa0', '#555555', '#a0761a', '#00857c'];

/** A picture of curves as plain SVG, readable on a light and on a dark page. */
export function draw(picture: Picture): void {
  mkdirSync('docs/pictures', { recursive: true });
  writeFileSync(`docs/pictures/${picture.file}.svg`, svgOf(picture));
}

function svgOf({ title, x, y, curves, logX = false }: Picture): string {
  const points = curves.flatMap((curve) => curve.points);
  const place = (value: number) => (logX ? Math.log10(Math.max(value, 1)) : value);
  const xs = points.map((point) => place(point.x));
  const [fromX, toX] = [Math.min(...xs), Math.max(...xs)];
  const top = niceAbove(Math.max(...points.map((point) => point.y)));
  const atX = (value: number) =>
    area.left + ((place(value) - fromX) / Math.max(toX - fromX, 1e-9)) * (width - area.left - area.right);
  const atY = (value: number) => height - area.bottom - (value / top) * (height - area.top - area.bottom);
  const ticksX = [...new Set(points.map((point) => point.x))].sort((a, b) => a - b);
  const ticksY = [0, 0.25, 0.5, 0.75, 1].map((share) => share * top);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}" font-family="system-ui, sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(width / 2, 24, title, 'middle', 'font-size="15" font-weight="600"'),
    ...ticksY.flatMap((value) => [
      `<line x1="${area.left}" x2="${width - area.right}" y1="${atY(value)}" y2="${atY(value)}" stroke="#dddddd"/>`,
      text(area.left - 8, atY(value) + 4, short(value), 'end'),
    ]),
    ...ticksX.map((value) => text(atX(value), height - area.bottom + 18, short(value), 'middle')),
    text((area.left + width - area.right) / 2, height - 12, x, 'middle'),
    text(0, 0, y, 'middle', `transform="translate(16 ${height / 2}) rotate(-90)"`),
    ...curves.flatMap((curve, i) => curveOf(curve, colours[i % colours.length] ?? '#000000', i, atX, atY)),
    '</svg>',
    '',
  ].join('\n');
}

function curveOf(
  { name, points, dashed = false }: Curve,
  colour: string,
  index: number,
  atX: (value: number) => number,
  atY: (value: number) => number,
): string[] {
  const line = points.map((point) => `${atX(point.x).toFixed(1)},${atY(point.y).toFixed(1)}`).join(' ');
  const legendY = area.top + 6 + index * 16;
  return [
    `<polyline fill="none" stroke="${colour}" stroke-width="2"${dashed ? ' stroke-dasharray="5 4"' : ''} points="${line}"/>`,
    ...points.map(
      (point) => `<circle cx="${atX(point.x).toFixed(1)}" cy="${atY(point.y).toFixed(1)}" r="3" fill="${colour}"/>`,
    ),
    `<rect x="${area.left + 12}" y="${legendY - 8}" width="10" height="10" fill="${colour}"/>`,
    text(area.left + 28, legendY + 1, name, 'start'),
  ];
}

function text(x: number, y: number, content: string, anchor: string, more = ''): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#222222" ${more}>${content}</text>`;
}

function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)));
  return ([1, 2, 2.5, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

function short(value: number): string {
  if (value >= 1_000_000) return `${Number((value / 1_000_000).toPrecision(3))}M`;
  if (value >= 10_000) return `${Number((value / 1_000).toPrecision(3))}k`;
  return String(Number(value.toPrecision(3)));
}
