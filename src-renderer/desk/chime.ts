/** Two soft tones for a new notice. Silent where the browser has not been touched yet or has no sound. */
export const chime = (): void => {
  if (typeof AudioContext === 'undefined') return;
  const context = new AudioContext();
  if (context.state === 'suspended') {
    void context.close();
    return;
  }
  const gain = context.createGain();
  gain.connect(context.destination);
  gain.gain.setValueAtTime(0.0001, context.currentTime);
  gain.gain.exponentialRampToValueAtTime(0.08, context.currentTime + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, context.currentTime + 0.5);
  for (const [index, frequency] of [660, 880].entries()) {
    const tone = context.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(gain);
    tone.start(context.currentTime + index * 0.16);
    tone.stop(context.currentTime + 0.5);
    if (index === 1) tone.onended = () => void context.close();
  }
};
