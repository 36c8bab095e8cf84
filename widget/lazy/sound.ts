/** Of a burst of messages only the first is heard. */
const pauseMs = 2_000;
const volume = 0.12;
/** Two notes, a fifth apart. */
const notes = [
  { hertz: 587, at: 0 },
  { hertz: 880, at: 0.09 },
];

let context: AudioContext | undefined;
let playedAt = Number.NEGATIVE_INFINITY;

/** Two short notes, made on the spot. Nothing where the browser has no sound, or waits for the reader to do something first. */
export function chime(): void {
  if (performance.now() - playedAt < pauseMs || typeof AudioContext !== 'function') return;
  playedAt = performance.now();
  context ??= new AudioContext();
  void context.resume().then(play, () => undefined);
}

function play(): void {
  if (!context) return;
  for (const { hertz, at } of notes) {
    const start = context.currentTime + at;
    const tone = new OscillatorNode(context, { frequency: hertz, type: 'sine' });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.linearRampToValueAtTime(volume, start + 0.01);
    gain.gain.exponentialRampToValueAtTime(0.001, start + 0.28);
    tone.connect(gain).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.3);
  }
}
