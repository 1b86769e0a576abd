// The ticket page's script: asks again every few seconds, says when it hears no more, and alerts when called. It runs in a
// patient's own browser, old ones too, as it stands here; without it the page still reads.
(() => {
  const POLL = 4000;
  /** Ended tickets change only when a step is undone. */
  const POLL_ENDED = 30000;
  const GIVE_UP = 6000;
  const LOST_AFTER = 10000;

  const script = document.currentScript;
  const fresh = document.getElementById('fresh');
  const tell = document.getElementById('tell');
  const address = `${location.pathname.replace(/\/$/, '')}/state?lang=${document.documentElement.lang}`;
  let key = script.dataset.key;
  let stale = script.dataset.stale;
  let heardAt = Date.now();
  let telling = false;
  let audio = null;
  let timer = 0;

  const showLost = () => {
    fresh.dataset.lost = '';
    fresh.textContent = stale;
  };

  const showLive = () => {
    delete fresh.dataset.lost;
    if (fresh.textContent !== fresh.dataset.live) fresh.textContent = fresh.dataset.live;
  };

  const chime = () => {
    if (!audio) return;
    [0, 0.35, 1.2, 1.55].forEach((after, index) => {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const from = audio.currentTime + after;
      tone.frequency.value = index % 2 ? 660 : 880;
      volume.gain.setValueAtTime(0.4, from);
      volume.gain.exponentialRampToValueAtTime(0.001, from + 0.6);
      tone.connect(volume).connect(audio.destination);
      tone.start(from);
      tone.stop(from + 0.6);
    });
  };

  const alertPatient = () => {
    if (!telling) return;
    if (navigator.vibrate) navigator.vibrate([400, 150, 400, 150, 400]);
    if (audio && audio.state !== 'running') audio.resume().then(chime, () => undefined);
    else chime();
  };

  const show = (update) => {
    stale = update.stale;
    document.title = update.title;
    document.body.dataset.state = update.state;
    const main = document.querySelector('main');
    if (main.outerHTML !== update.main) {
      const made = document.createElement('template');
      made.innerHTML = update.main;
      // compared as the browser writes it, so that an unchanged page is not read out again
      if (made.content.firstElementChild.outerHTML !== main.outerHTML) main.replaceWith(made.content);
    }
    if (update.key !== key && update.state === 'called') alertPatient();
    key = update.key;
  };

  const ask = async () => {
    clearTimeout(timer);
    const stop = new AbortController();
    const giveUp = setTimeout(() => stop.abort(), GIVE_UP);
    try {
      const answer = await fetch(address, { signal: stop.signal, cache: 'no-store' });
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.json());
      heardAt = Date.now();
      showLive();
    } catch {
      if (Date.now() - heardAt >= LOST_AFTER) showLost();
    }
    clearTimeout(giveUp);
    timer = setTimeout(ask, document.body.dataset.state === 'ended' ? POLL_ENDED : POLL);
  };

  tell.hidden = false;
  tell.addEventListener('click', () => {
    telling = !telling;
    tell.setAttribute('aria-pressed', String(telling));
    const words = tell.querySelector('span');
    const other = tell.dataset.on;
    tell.dataset.on = words.textContent;
    words.textContent = other;
    if (!telling) return;
    // sound needs this tap; a sample of it shows that it works
    const Sound = window.AudioContext || window.webkitAudioContext;
    if (Sound && !audio) audio = new Sound();
    if (navigator.vibrate) navigator.vibrate(80);
    if (document.body.dataset.state === 'called') alertPatient();
    // kept awake where the browser allows it: a locked phone hears nothing
    if (navigator.wakeLock) navigator.wakeLock.request('screen').catch(() => undefined);
  });
  addEventListener('offline', showLost);
  addEventListener('online', () => void ask());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void ask();
  });
  void ask();
})();
