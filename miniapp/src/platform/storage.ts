import Taro from '@tarojs/taro'

/** Whose a kept value is: what is a member's or staff's goes with their session, what is the phone's stays. */
export type Owner = 'device' | 'member' | 'staff'

const nameOf = (owner: Owner, name: string): string =>
  owner === 'device' ? `jili.${name}` : `jili.${owner}.${name}`

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
export function readKept<T>(owner: Owner, name: string): T | null {
  const kept = taroStorage.getItem(nameOf(owner, name))
  if (!kept) return null
  try {
    return JSON.parse(kept) as T
  } catch {
    return null
  }
}

/** Keeps a JSON value under a name. */
export const keep = (owner: Owner, name: string, value: unknown): void =>
  taroStorage.setItem(nameOf(owner, name), JSON.stringify(value))

export const dropKept = (owner: Owner, name: string): void => taroStorage.removeItem(nameOf(owner, name))

/** Removes all that was kept for whoever was signed in. */
export function dropAllKept(owner: Exclude<Owner, 'device'>): void {
  try {
    const prefix = nameOf(owner, '')
    for (const name of Taro.getStorageInfoSync().keys)
      if (name.startsWith(prefix)) taroStorage.removeItem(name)
  } catch {
    // Nothing can be kept in a storage that cannot be read.
  }
}
