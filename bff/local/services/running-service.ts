/** A service that we started and can therefore end. */
export interface RunningService {
  /** Ends it in good order. */
  stop(): Promise<void>
  /** Ends it with SIGKILL, as a crash would. */
  kill(): Promise<void>
  /** Starts it again on the same port with the same data. */
  restart(): Promise<void>
}
