/** Texts are approved by the provider beforehand; each names what its parameters are. */
export type SmsTemplate =
  /** The code, and the minutes it lives. */
  'verification-code'

export interface SmsMessage {
  /** As WeChat gives it: 11 digits of mainland China, or with its country code. */
  phone: string
  template: SmsTemplate
  params: readonly string[]
}

/** A provider of text messages. */
export interface Sms {
  /**
   * Resolves once the provider has taken the message. It is tried once: a message is not worth sending twice.
   * @throws `sms.too_often` when the provider lets this number have no more, `sms.number_refused` when it can never
   *   reach it, `sms.unavailable` without an answer; a plain error when it says that our settings are wrong. None holds
   *   the number or a parameter.
   */
  send(message: SmsMessage): Promise<void>
}
