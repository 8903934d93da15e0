import { Text, View } from '@tarojs/components'
import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../../components/button/button'
import { Notice } from '../../../components/notice/notice'
import { Pressable } from '../../../components/pressable/pressable'
import { showToast } from '../../../components/toast/toast'
import { useSubmitTask } from '../../../features/tasks/task.queries'
import { messageOf } from '../../../platform/api-error'
import { copyText } from '../../../platform/device'
import { taskText } from '../../../platform/task-text'
import { text } from '../../../platform/text'
import type { PartProps } from './part-props'

const words = taskText.follow
const askMs = 3_000
const asksMax = 10

/** Asks by itself for half a minute after the member may have followed: WeChat tells of it a moment later. */
function useAsking(ask: () => void) {
  const latest = useRef(ask)
  latest.current = ask
  const [left, setLeft] = useState(0)
  const hasLeft = useRef(false)
  useDidHide(() => {
    hasLeft.current = true
  })
  useDidShow(() => {
    if (hasLeft.current) setLeft(asksMax)
  })
  useEffect(() => {
    if (left === 0) return undefined
    latest.current()
    const timer = setTimeout(() => setLeft(left - 1), askMs)
    return () => clearTimeout(timer)
  }, [left])
  return { isAsking: left > 0, start: () => setLeft(asksMax) }
}

/** Three steps out of the mini program and back; coming back, the page asks by itself. */
export function FollowPart({ detail: { task, accountName }, onSubmitted }: PartProps) {
  const submit = useSubmitTask(task.id)
  const [isTold, setTold] = useState(false)
  const name = accountName ?? ''
  const ask = () => {
    if (!submit.isPending)
      submit.mutate({ kind: 'follow', version: task.version }, { onSuccess: onSubmitted })
  }
  const { isAsking, start } = useAsking(ask)
  const copy = async () => showToast((await copyText(name)) ? text.common.copied : words.notCopied(name))
  const failure = submit.error && isTold && !isAsking ? messageOf(submit.error) : null
  return (
    <>
      <View className="task-card">
        <Pressable className="task-account" id="copy-account" onPress={() => void copy()}>
          <View className="task-account__words">
            <Text className="task-account__label">{words.name}</Text>
            <Text className="task-account__name">{name}</Text>
          </View>
          <Text className="task-account__copy">{words.copy}</Text>
        </Pressable>
        {words.steps.map((step, index) => (
          <View className="task-step" key={step}>
            <Text className="task-step__number">{index + 1}</Text>
            <Text className="task-step__words">{step}</Text>
          </View>
        ))}
      </View>
      <Text className="task-note">{words.before}</Text>
      <View className="action-bar">
        {failure ? <Notice id="task-error">{failure}</Notice> : null}
        <Button
          id="task-submit"
          busy={isAsking}
          onPress={() => {
            setTold(true)
            start()
          }}
        >
          {isAsking ? words.checking : words.check}
        </Button>
      </View>
    </>
  )
}
