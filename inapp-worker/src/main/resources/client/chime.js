/** Two soft tones, in hertz, and how long they sound, in seconds. */
const TONES = [659.25, 987.77];
const LENGTH = 0.4;

let audio = null;

/** Plays a short chime, in one tab only. Silent until the page was used: browsers allow no sound before. */
export async function chime(id) {
  if (!(await isFirst(`carillon chime ${id}`))) return;
  try {
    audio ??= new AudioContext();
    if (audio.state === 'suspended') await audio.resume();
    TONES.forEach((tone, at) => ring(tone, audio.currentTime + at * 0.12));
  } catch {
    // No sound here.
  }
}

function ring(tone, at) {
  const [source, volume] = [audio.createOscillator(), audio.createGain()];
  source.frequency.value = tone;
  volume.gain.setValueAtTime(0.12, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + LENGTH);
  source.connect(volume).connect(audio.destination);
  source.start(at);
  source.stop(at + LENGTH);
}

/** True in one of the tabs that ask for the same name within a second; without locks in each. */
export async function isFirst(name) {
  const { locks } = navigator;
  if (!locks) return true;
  return new Promise((resolve) => {
    locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise((release) => setTimeout(release, 1000));
    });
  });
}
