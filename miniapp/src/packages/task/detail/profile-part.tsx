import { Text, View } from '@tarojs/components'
import { Button } from '../../../components/button/button'
import { Glyph } from '../../../components/glyph/glyph'
import { Notice } from '../../../components/notice/notice'
import { useSubmitTask } from '../../../features/tasks/task.queries'
import { messageOf } from '../../../platform/api-error'
import { go } from '../../../platform/navigation'
import { taskText } from '../../../platform/task-text'
import type { PartProps } from './part-props'

const words = taskText

/** What is filled in and what is not; when all is, the button gives the points. */
export function ProfilePart({ detail, onSubmitted }: PartProps) {
  const { task, profile } = detail
  const submit = useSubmitTask(task.id)
  const fields = profile ?? []
  const missing = fields.filter(({ isDone }) => !isDone).length
  return (
    <>
      <View className="task-card">
        {fields.map(({ field, isDone }) => (
          <View className="task-field" key={field}>
            <Glyph name={isDone ? 'check' : 'edit'} size={20} tone={isDone ? 'accent' : 'ink3'} />
            <Text className="task-field__name">{words.fields[field]}</Text>
            {isDone ? <Text className="task-field__done">{words.fieldDone}</Text> : null}
          </View>
        ))}
      </View>
      <View className="action-bar">
        {submit.error ? <Notice id="task-error">{messageOf(submit.error)}</Notice> : null}
        {missing > 0 ? (
          <>
            <Text className="task-bar__line">{words.stillMissing(missing)}</Text>
            <Button id="task-to-profile" onPress={go.profile}>
              {words.toProfile}
            </Button>
          </>
        ) : (
          <Button
            id="task-submit"
            busy={submit.isPending}
            onPress={() =>
              submit.mutate({ kind: 'profile', version: task.version }, { onSuccess: onSubmitted })
            }
          >
            {words.claimReward}
          </Button>
        )}
      </View>
    </>
  )
}
