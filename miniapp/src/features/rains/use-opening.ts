import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../../platform/api-error'
import { vibrate } from '../../platform/device'
import { newIdempotencyKey } from '../../platform/idempotency-key'
import { api } from '../../platform/request'
import { noteOpened, type OpenedPacket } from './rain.queries'

/** How long until an opening that got no answer is sent again by itself. */
export const openingRetryMs = 2_000

/**
 * Where the one packet that is being opened stands. Only the server's answer makes `opened`; until it comes the same
 * opening is sent again, under the same key, so that it takes no second packet.
 */
export type Opening =
  | { step: 'ready' }
  | { step: 'opening' }
  | { step: 'pending' }
  | { step: 'opened'; packet: OpenedPacket['packet']; leftPackets: number }
  | { step: 'refused'; error: ApiError }

export interface PacketOpening {
  opening: Opening
  /** A tap while a packet is on the screen is dropped. Returns whether it was taken. */
  open: () => boolean
  close: () => void
}

const asApiError = (caught: unknown): ApiError =>
  caught instanceof ApiError
    ? caught
    : new ApiError({ status: 0, code: 'response.unreadable', message: String(caught) })

/** Opens packets of a rain one after the other. `dataId` names what is shown, which may be the next rain of any. */
export function useOpening(rainId: string, dataId: string): PacketOpening {
  const [opening, setOpening] = useState<Opening>({ step: 'ready' })
  const isBusyRef = useRef(false)
  const isGoneRef = useRef(false)
  const timerRef = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => {
    isGoneRef.current = false
    return () => {
      isGoneRef.current = true
      clearTimeout(timerRef.current)
    }
  }, [])

  const show = (next: Opening) => {
    if (!isGoneRef.current) setOpening(next)
  }
  const send = async (idempotencyKey: string): Promise<void> => {
    try {
      const answer = await api('POST /api/member/rains/:id/packets', {
        params: { id: rainId },
        idempotencyKey,
        retries: 0,
      })
      await noteOpened(dataId, answer)
      vibrate()
      show({ step: 'opened', packet: answer.packet, leftPackets: answer.mine.leftPackets })
    } catch (caught) {
      const error = asApiError(caught)
      if (!error.isUndecided) return show({ step: 'refused', error })
      show({ step: 'pending' })
      if (!isGoneRef.current) timerRef.current = setTimeout(() => void send(idempotencyKey), openingRetryMs)
    }
  }
  const open = () => {
    if (isBusyRef.current) return false
    isBusyRef.current = true
    show({ step: 'opening' })
    void newIdempotencyKey().then(send)
    return true
  }
  const close = () => {
    if (opening.step !== 'opened' && opening.step !== 'refused') return
    isBusyRef.current = false
    show({ step: 'ready' })
  }
  return { opening, open, close }
}
