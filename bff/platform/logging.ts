import { type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** Structured logs. What identifies or admits a person is cut out wherever it might slip in. */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    redact: {
      paths: [
        'token',
        'password',
        'phone',
        'session_key',
        'sessionKey',
        '*.token',
        '*.password',
        '*.phone',
        '*.sessionKey',
      ],
      censor: '[hidden]',
    },
  })
