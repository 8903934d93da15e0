import { VerificationCodeModel } from './verification-code.model'

export { sendCode } from './commands/send-code'
export { type CodeVerdict, spendCode, tryCode } from './commands/try-code'

/** Forgets a member who leaves, in the caller's transaction. */
export async function eraseVerificationCodes(memberId: string): Promise<void> {
  await VerificationCodeModel.deleteMany({ memberId })
}
