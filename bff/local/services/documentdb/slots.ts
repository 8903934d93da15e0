/** A number of places, given to whoever asked first. */
export class Slots {
  private readonly waiting: ((isGiven: boolean) => void)[] = []

  constructor(private free: number) {}

  /** @returns whether a place became free in time; if so, it is the caller's until `give` */
  async take(withinMs: number): Promise<boolean> {
    if (this.free > 0) {
      this.free -= 1
      return true
    }
    return new Promise((resolve) => {
      const answer = (isGiven: boolean) => {
        clearTimeout(timer)
        resolve(isGiven)
      }
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(answer), 1)
        answer(false)
      }, withinMs)
      this.waiting.push(answer)
    })
  }

  give(): void {
    const next = this.waiting.shift()
    if (next) next(true)
    else this.free += 1
  }
}
