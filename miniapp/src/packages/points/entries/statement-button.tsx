import { Text } from '@tarojs/components'
import { useState } from 'react'
import { ConfirmSheet } from '../../../components/confirm-sheet/confirm-sheet'
import { Pressable } from '../../../components/pressable/pressable'
import { showToast } from '../../../components/toast/toast'
import { useStatement } from '../../../features/points/statement'
import { messageOf } from '../../../platform/api-error'
import { shareFile } from '../../../platform/files'
import { formatMonth } from '../../../platform/format'
import { text } from '../../../platform/text'

const words = text.points.statement

/** Gets the month's statement: a browser downloads it, the mini program asks where to send it. */
export function StatementButton({ month }: { month: string }) {
  const statement = useStatement(month, words.fileName(month))
  const [keptPath, setKeptPath] = useState<string | null>(null)
  const get = () =>
    statement.mutate(undefined, {
      onSuccess: (path) => (path === null ? showToast(words.saved) : setKeptPath(path)),
      onError: (error) => showToast(messageOf(error)),
    })
  const send = async () => {
    const isDone = keptPath !== null && (await shareFile(keptPath))
    setKeptPath(null)
    if (!isDone) showToast(words.notSent)
  }
  return (
    <>
      <Pressable
        className="month__statement"
        id={`statement-${month}`}
        label={words.label(formatMonth(month))}
        disabled={statement.isPending}
        onPress={get}
      >
        <Text>{statement.isPending ? words.working : words.action}</Text>
      </Pressable>
      <ConfirmSheet
        isOpen={keptPath !== null}
        question={words.ready(formatMonth(month))}
        line={words.readyLine}
        action={words.send}
        refusal={text.common.cancel}
        onConfirm={() => void send()}
        onClose={() => setKeptPath(null)}
      />
    </>
  )
}
