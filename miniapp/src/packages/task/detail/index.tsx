import { Text, View } from '@tarojs/components'
import { useDidShow, useRouter } from '@tarojs/taro'
import { useRef, useState } from 'react'
import { Glyph } from '../../../components/glyph/glyph'
import { Page } from '../../../components/page/page'
import { PointsNumber } from '../../../components/points-number/points-number'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { Skeleton } from '../../../components/skeleton/skeleton'
import { formatClosing } from '../../../features/tasks/closing'
import { type Submitted, type TaskDetail, useTask } from '../../../features/tasks/task.queries'
import { useIsSignedIn } from '../../../platform/session'
import { taskText } from '../../../platform/task-text'
import { FollowPart } from './follow-part'
import { FormPart } from './form-part'
import type { PartProps } from './part-props'
import { ProfilePart } from './profile-part'
import { ProofPart } from './proof-part'
import { QuestionCard } from './question-card'
import { TaskDone } from './task-done'
import './task-detail.scss'

const words = taskText

function Head({ task }: TaskDetail) {
  return (
    <View className="task-head">
      <Text className="task-head__name" id="task-name">
        {task.name}
      </Text>
      <Text className="task-head__line">{task.description}</Text>
      {task.standing === 'done' ? null : (
        <View className="task-head__reward">
          <Text className="task-head__label">{words.reward}</Text>
          <PointsNumber points={task.rewardPoints} size="small" tone="gold" />
          {task.closesAt ? (
            <Text className="task-head__until">{words.until(formatClosing(task.closesAt))}</Text>
          ) : null}
        </View>
      )}
    </View>
  )
}

function State({ icon, title, line }: { icon: 'hourglass' | 'lock'; title: string; line: string }) {
  return (
    <View className="task-state" id="task-state">
      <Glyph name={icon} size={32} tone="ink3" />
      <Text className="task-state__title">{title}</Text>
      <Text className="task-state__line">{line}</Text>
    </View>
  )
}

/** What doing the task takes, by its kind. */
function Part(props: PartProps) {
  switch (props.detail.task.kind) {
    case 'profile':
      return <ProfilePart {...props} />
    case 'follow':
      return <FollowPart {...props} />
    case 'proof':
      return <ProofPart {...props} />
    default:
      return <FormPart {...props} />
  }
}

/** A passed quiz shows what was right. */
function RightAnswers({ questions }: TaskDetail) {
  return questions?.some((question) => 'rightIds' in question && question.rightIds) ? (
    <View>
      {questions.map((question, index) => (
        <QuestionCard key={question.id} question={question} index={index} />
      ))}
    </View>
  ) : null
}

function Content({ detail }: { detail: TaskDetail }) {
  const [result, setResult] = useState<Submitted | null>(null)
  const { task } = detail
  if (result?.outcome === 'done' || task.standing === 'done')
    return (
      <>
        <TaskDone
          name={task.name}
          points={result?.points ?? task.earnedPoints ?? 0}
          cuts={result?.cuts ?? []}
        />
        <RightAnswers {...detail} />
      </>
    )
  const isInReview = result?.outcome === 'in_review' || task.standing === 'in_review'
  return (
    <>
      <Head {...detail} />
      {isInReview ? (
        <State icon="hourglass" title={words.inReviewTitle} line={words.inReviewLine} />
      ) : task.standing === 'unavailable' && result?.outcome !== 'failed' ? (
        <State icon="lock" title={words.unavailable} line={task.obstacle?.message ?? ''} />
      ) : (
        <Part detail={detail} onSubmitted={setResult} />
      )}
    </>
  )
}

const skeleton = (
  <View className="task-head">
    <Skeleton width={180} height={30} />
    <Skeleton width="100%" height={22} />
    <Skeleton width="100%" height={240} radius={16} />
  </View>
)

function Task({ id }: { id: string }) {
  const query = useTask(id)
  const wasShown = useRef(false)
  useDidShow(() => {
    if (wasShown.current) void query.refetch()
    wasShown.current = true
  })
  return (
    <QueryView query={query} skeleton={skeleton}>
      {(detail) => <Content key={detail.task.version} detail={detail} />}
    </QueryView>
  )
}

export default function TaskDetailPage() {
  const id = useRouter().params.id ?? ''
  const isSignedIn = useIsSignedIn()
  return (
    <Page title={words.detailTitle} className="task-page">
      {isSignedIn ? <Task id={id} /> : <SignInInvitation title={words.signIn} />}
    </Page>
  )
}
