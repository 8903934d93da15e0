import Taro from '@tarojs/taro'

/** The phone's storage as strings; a full or forbidden storage is the same as an empty one. */
export const taroStorage = {
  getItem(name: string): string | null {
    try {
      const value: unknown = Taro.getStorageSync(name)
      return typeof value === 'string' && value !== '' ? value : null
    } catch {
      return null
    }
  },
  setItem(name: string, value: string): void {
    try {
      Taro.setStorageSync(name, value)
    } catch {
      // A session that cannot be kept still works until the app closes.
    }
  },
  removeItem(name: string): void {
    try {
      Taro.removeStorageSync(name)
    } catch {
      // Nothing was kept, so there is nothing to remove.
    }
  },
}

/** What was kept under a name, or null when it is missing or not readable. */
export function readKept<T>(name: string): T | null {
  const kept = taroStorage.getItem(name)
  if (!kept) return null
  try {
    return JSON.parse(kept) as T
  } catch {
    return null
  }
}

/** Keeps a JSON value under a name. */
export const keep = (name: string, value: unknown): void => taroStorage.setItem(name, JSON.stringify(value))
