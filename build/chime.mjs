// Makes src-renderer/monitor/assets/chime.wav: two struck tones, E5 then C5, as heard in stations. The same bytes every time:
//   node build/chime.mjs
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const RATE = 22_050;
const SECONDS = 1.6;
/** Start in seconds, frequency in hertz, loudness. */
const STRIKES = [
  [0, 659.255, 0.5],
  [0.42, 523.251, 0.55],
];
/** Multiples of the tone, their share, and how much faster they fade. */
const PARTIALS = [
  [1, 1, 1],
  [2, 0.28, 1.7],
  [2.76, 0.12, 2.6],
  [5.4, 0.04, 4.2],
];
const FADE = 3.2;

const samples = new Int16Array(Math.round(RATE * SECONDS));
for (let index = 0; index < samples.length; index += 1) {
  const time = index / RATE;
  let level = 0;
  for (const [start, frequency, loudness] of STRIKES) {
    const since = time - start;
    if (since < 0) continue;
    const attack = Math.min(1, since / 0.006);
    for (const [multiple, share, fade] of PARTIALS) {
      level += loudness * share * attack * Math.exp(-FADE * fade * since) * Math.sin(2 * Math.PI * frequency * multiple * since);
    }
  }
  const end = Math.min(1, (SECONDS - time) / 0.08);
  samples[index] = Math.round(Math.max(-1, Math.min(1, level * end)) * 32_000);
}

const wave = Buffer.alloc(44 + samples.byteLength);
wave.write('RIFF', 0);
wave.writeUInt32LE(36 + samples.byteLength, 4);
wave.write('WAVEfmt ', 8);
wave.writeUInt32LE(16, 16);
wave.writeUInt16LE(1, 20);
wave.writeUInt16LE(1, 22);
wave.writeUInt32LE(RATE, 24);
wave.writeUInt32LE(RATE * 2, 28);
wave.writeUInt16LE(2, 32);
wave.writeUInt16LE(16, 34);
wave.write('data', 36);
wave.writeUInt32LE(samples.byteLength, 40);
for (let index = 0; index < samples.length; index += 1) wave.writeInt16LE(samples[index], 44 + index * 2);
writeFileSync(fileURLToPath(new URL('../src-renderer/monitor/assets/chime.wav', import.meta.url)), wave);
