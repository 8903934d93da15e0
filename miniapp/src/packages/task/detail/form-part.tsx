import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { type FormAnswer, isAnswered, problemOf } from '#shared/domain/task-forms'
import { Button } from '../../../components/button/button'
import { Notice } from '../../../components/notice/notice'
import { useSubmitTask } from '../../../features/tasks/task.queries'
import { draftOf, dropDraft, keepDraft } from '../../../features/tasks/task-drafts'
import { messageOf } from '../../../platform/api-error'
import { taskText } from '../../../platform/task-text'
import type { PartProps } from './part-props'
import { QuestionCard } from './question-card'

const words = taskText

/** A survey or a quiz. What is answered is kept on the phone until it is handed in. */
export function FormPart({ detail, onSubmitted }: PartProps) {
  const { task, questions: asked, passCount, triesLeft } = detail
  const questions = asked ?? []
  const [answers, setAnswers] = useState(() => draftOf(task.id, task.version))
  const [showsProblems, setShowsProblems] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const submit = useSubmitTask(task.id)
  const answerOf = (id: string) => answers.find(({ questionId }) => questionId === id)
  const onAnswer = (answer: FormAnswer) => {
    const next = [...answers.filter(({ questionId }) => questionId !== answer.questionId), answer]
    setAnswers(next)
    setFailed(null)
    keepDraft({ taskId: task.id, version: task.version, answers: next })
  }
  const problems = questions.map((question) => problemOf(question, answerOf(question.id)))
  const send = () => {
    const first = problems.findIndex((problem) => problem !== null)
    setShowsProblems(first >= 0)
    if (first >= 0) {
      void Taro.pageScrollTo({ selector: `#question-${questions[first]?.id}`, offsetTop: -80 })
      return
    }
    const given = answers.filter(isAnswered)
    const kind = task.kind === 'quiz' ? 'quiz' : 'survey'
    submit.mutate(
      { kind, version: task.version, answers: given },
      {
        onSuccess: (result) => {
          if (result.outcome === 'failed' && result.quiz) {
            const { correctCount, questionCount, triesLeft: left } = result.quiz
            setFailed(words.quiz.failed(correctCount, questionCount, left))
          } else dropDraft(task.id)
          onSubmitted(result)
        },
      },
    )
  }
  const failure = failed ?? (submit.error ? messageOf(submit.error) : null)
  return (
    <>
      <Text className="task-note">
        {passCount === null
          ? words.form.kept
          : [words.quiz.rule(passCount, questions.length), words.quiz.triesLeft(triesLeft ?? 0)].join('，')}
      </Text>
      {questions.map((question, index) => (
        <QuestionCard
          key={question.id}
          question={question}
          index={index}
          answer={answerOf(question.id)}
          onAnswer={onAnswer}
          problem={showsProblems ? (problems[index] ?? null) : null}
        />
      ))}
      <View className="action-bar">
        {failure ? <Notice id="task-error">{failure}</Notice> : null}
        <View className="task-bar">
          <Text className="task-bar__count" id="task-answered">
            {words.form.answered(answers.filter(isAnswered).length, questions.length)}
          </Text>
          <Button
            id="task-submit"
            className="task-bar__button"
            busy={submit.isPending}
            disabled={triesLeft === 0}
            onPress={send}
          >
            {words.form.submit}
          </Button>
        </View>
      </View>
    </>
  )
}
