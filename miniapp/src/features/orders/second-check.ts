import { useState } from 'react'
import type { BodyOf } from '#shared/contracts/index'
import { ApiError } from '../../platform/api-error'
import { type CodeSending, useCodeSending } from './order-code-sending'

type OrderInput = BodyOf<'POST /api/member/orders'>

/** An order of many points waits for the code that is sent to the member's phone. */
export interface SecondCheck {
  order: OrderInput
  /** Null without a number that a code could be sent to. */
  phoneMasked: string | null
  code: string
  setCode: (code: string) => void
  sending: CodeSending
  /** What was wrong with the code, or with the order that went with it. */
  error: unknown
  confirm: () => void
  /** Back to what is ordered; a code that came stays good. */
  leave: () => void
}

export const withoutCode = ({ verificationCode: _, ...order }: OrderInput): OrderInput => order

const isRequired = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.code === 'order.second_check_required'

/** Whether a refusal is about the code and not about the order. */
const isAboutCode = (error: unknown): boolean =>
  error instanceof ApiError && error.code.startsWith('order.second_check_')

/** What of a placed order's attempt the check needs. */
interface Attempt {
  error: unknown
  isPlacing: boolean
  isUndecided: boolean
  place: (input: OrderInput) => void
  forget: () => void
}

/** Keeps the order that waits, what was typed, and when a code may be sent again. */
export function useSecondCheck() {
  const [waiting, setWaiting] = useState<Pick<SecondCheck, 'order' | 'phoneMasked'> | null>(null)
  const [code, setCode] = useState('')
  const sending = useCodeSending(waiting !== null, () => setCode(''))

  return {
    /** Lets an order wait that was refused for its code; the tap that brought it here has one sent. */
    takes(error: unknown, input: OrderInput): boolean {
      if (isRequired(error)) {
        const { phoneMasked = null } = (error.details ?? {}) as { phoneMasked?: string | null }
        setWaiting({ order: withoutCode(input), phoneMasked })
        if (phoneMasked !== null) sending.send()
      }
      return isAboutCode(error)
    },
    /** The order was placed, or refused for another reason. */
    end(isPlaced: boolean) {
      setWaiting(null)
      if (isPlaced) setCode('')
    },
    shown({ error, isPlacing, isUndecided, place, forget }: Attempt): SecondCheck | null {
      if (!waiting) return null
      return {
        ...waiting,
        code,
        setCode,
        error: isRequired(error) ? null : error,
        sending: {
          ...sending,
          send: () => {
            if (isUndecided) return
            // What was wrong with the last code says nothing of the next one.
            forget()
            sending.send()
          },
        },
        confirm: () => place({ ...waiting.order, verificationCode: code }),
        leave: () => {
          if (isPlacing || isUndecided) return
          setWaiting(null)
          forget()
        },
      }
    },
  }
}
