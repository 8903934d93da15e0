/** A map that forgets its oldest entry when full, so that a stand-in left running does not grow. */
export class BoundedMap<K, V> extends Map<K, V> {
  constructor(private readonly limit: number) {
    super()
  }

  override set(key: K, value: V): this {
    super.set(key, value)
    if (this.size <= this.limit) return this
    const oldest = this.keys().next()
    if (!oldest.done) this.delete(oldest.value)
    return this
  }
}
