/** Where bytes lie that are too large for the database. Never called inside a transaction. */
export interface Storage {
  /** Keeps bytes under a new key; a key that exists is written over. */
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>
  /** The bytes of a key, or null when there are none. */
  get(key: string): Promise<Buffer | null>
  /** Forgets a key; one that is not there is forgotten already. */
  remove(key: string): Promise<void>
}
