import Taro from '@tarojs/taro'

/** A short buzz where the phone has one; silently nothing elsewhere. */
export function vibrate(): void {
  // A browser refuses before the first tap on the page, and complains aloud.
  if (process.env.TARO_ENV === 'h5' && !navigator.userActivation?.hasBeenActive) return
  try {
    void Taro.vibrateShort({ type: 'medium' }).catch(() => undefined)
  } catch {
    // Not every H5 browser can vibrate, and nothing depends on it.
  }
}

/** A long buzz, for what must not be missed. */
export function vibrateLong(): void {
  if (process.env.TARO_ENV === 'h5' && !navigator.userActivation?.hasBeenActive) return
  try {
    void Taro.vibrateLong().catch(() => undefined)
  } catch {
    // As above.
  }
}

/** Copies a text. @returns whether it worked */
export async function copyText(value: string): Promise<boolean> {
  try {
    await Taro.setClipboardData({ data: value })
    return true
  } catch {
    return false
  }
}

/** Opens the phone's dialler. @returns whether it could; who thinks better of it counts as well */
export async function callPhone(phone: string): Promise<boolean> {
  try {
    await Taro.makePhoneCall({ phoneNumber: phone.replace(/[^\d+]/g, '') })
    return true
  } catch (failure) {
    return /cancel/.test(String((failure as { errMsg?: string } | null)?.errMsg))
  }
}

/** Full brightness and no sleep while a code is shown. @returns puts both back */
export function brightenScreen(): () => void {
  if (process.env.TARO_ENV !== 'weapp') return () => undefined
  let before: number | null = null
  void Taro.getScreenBrightness({
    success: ({ value }) => {
      before = value
    },
  })
  void Taro.setScreenBrightness({ value: 1 })
  void Taro.setKeepScreenOn({ keepScreenOn: true })
  return () => {
    if (before !== null) void Taro.setScreenBrightness({ value: before })
    void Taro.setKeepScreenOn({ keepScreenOn: false })
  }
}

/** Sets the title of a page whose bar belongs to the platform. */
export const setTitle = (title: string): void => {
  void Taro.setNavigationBarTitle({ title })
}

/** Whether this is the mini program and not the H5 page. */
export const isWeapp = process.env.TARO_ENV === 'weapp'
