import Taro from '@tarojs/taro'

/** What a sound tells: it worked, it did not, or nobody knows yet. */
export type Sound = 'good' | 'bad' | 'waiting'

interface Tone {
  hertz: number
  startsAt: number
  seconds: number
}

/** Told apart without looking: two rising, two low, one in the middle. */
const tones: Record<Sound, readonly Tone[]> = {
  good: [
    { hertz: 880, startsAt: 0, seconds: 0.12 },
    { hertz: 1_320, startsAt: 0.13, seconds: 0.18 },
  ],
  bad: [
    { hertz: 220, startsAt: 0, seconds: 0.2 },
    { hertz: 196, startsAt: 0.24, seconds: 0.3 },
  ],
  waiting: [{ hertz: 523, startsAt: 0, seconds: 0.12 }],
}

let context: AudioContext | null = null

function audio(): AudioContext | null {
  if (context) return context
  try {
    if (process.env.TARO_ENV === 'weapp') context = Taro.createWebAudioContext() as unknown as AudioContext
    else if (typeof AudioContext === 'function') context = new AudioContext()
  } catch {
    // A phone without it stays silent; colour and vibration tell the same.
  }
  return context
}

/** Plays a short sound, made here and loaded from nowhere; silently nothing where the phone will not. */
export function playSound(sound: Sound): void {
  // A browser makes no sound before the first tap on the page, and complains aloud.
  if (process.env.TARO_ENV === 'h5' && !navigator.userActivation?.hasBeenActive) return
  const player = audio()
  if (!player) return
  try {
    if (player.state === 'suspended') void player.resume()
    for (const { hertz, startsAt, seconds } of tones[sound]) {
      const oscillator = player.createOscillator()
      const volume = player.createGain()
      oscillator.frequency.value = hertz
      volume.gain.value = 0.25
      oscillator.connect(volume)
      volume.connect(player.destination)
      oscillator.start(player.currentTime + startsAt)
      oscillator.stop(player.currentTime + startsAt + seconds)
    }
  } catch {
    // As above.
  }
}
