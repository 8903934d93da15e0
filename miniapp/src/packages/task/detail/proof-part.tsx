import { Text, Textarea, View } from '@tarojs/components'
import { useState } from 'react'
import { limits } from '#shared/domain/limits'
import { Button } from '../../../components/button/button'
import { Notice } from '../../../components/notice/notice'
import { useSubmitTask } from '../../../features/tasks/task.queries'
import { PhotoField } from '../../../features/uploads/photo-field'
import { usePhotoUploads } from '../../../features/uploads/photo-uploads'
import { messageOf } from '../../../platform/api-error'
import { taskText } from '../../../platform/task-text'
import { text } from '../../../platform/text'
import type { PartProps } from './part-props'

const words = taskText

/** Photos and a note for somebody to look at; what was chosen stays through every error. */
export function ProofPart({ detail: { task, instructions, triesLeft }, onSubmitted }: PartProps) {
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const uploads = usePhotoUploads(limits.photosPerProof)
  const submit = useSubmitTask(task.id)
  const send = () => {
    const photoIds = uploads.photos.flatMap(({ id }) => (id ? [id] : []))
    const isWaiting = photoIds.length < uploads.photos.length
    const found = isWaiting ? words.proof.waiting : photoIds.length === 0 ? words.proof.noPhoto : null
    setProblem(found)
    if (found) return
    submit.mutate(
      { kind: 'proof', version: task.version, photoIds, note: note.trim() },
      { onSuccess: onSubmitted },
    )
  }
  const failure = problem ?? (submit.error ? messageOf(submit.error) : null)
  return (
    <>
      {task.standing === 'rejected' && task.obstacle ? (
        <View className="task-rejected" id="task-rejected">
          <Text>{words.rejected(task.obstacle.message)}</Text>
        </View>
      ) : null}
      <View className="task-card">
        <Text className="question__title">{words.proof.what}</Text>
        <Text className="task-card__text">{instructions}</Text>
        <Text className="question__title">
          {text.photos.title(uploads.photos.length, limits.photosPerProof)}
        </Text>
        <PhotoField uploads={uploads} max={limits.photosPerProof} />
      </View>
      <View className="task-card">
        <Text className="question__title">{words.proof.note}</Text>
        <Textarea
          id="proof-note"
          className="question__text"
          value={note}
          maxlength={limits.reasonCharacters}
          autoHeight
          placeholder={words.proof.notePlaceholder}
          aria-label={words.proof.note}
          onInput={(event) => setNote(event.detail.value)}
        />
        <Text className="question__count">{words.form.count(note.length, limits.reasonCharacters)}</Text>
      </View>
      <View className="action-bar">
        {failure ? <Notice id="task-error">{failure}</Notice> : null}
        {triesLeft === null ? null : (
          <Text className="task-bar__line">{words.proof.triesLeft(triesLeft)}</Text>
        )}
        <Button id="task-submit" busy={submit.isPending} onPress={send}>
          {words.proof.submit}
        </Button>
      </View>
    </>
  )
}
