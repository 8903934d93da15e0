import { Text, View } from '@tarojs/components'
import { useDidShow } from '@tarojs/taro'
import { useRef } from 'react'
import type { TaskKind } from '#shared/domain/enums'
import { EmptyState } from '../../../components/empty-state/empty-state'
import { Glyph } from '../../../components/glyph/glyph'
import type { IconName } from '../../../components/icon/icons'
import { Page } from '../../../components/page/page'
import { PointsNumber } from '../../../components/points-number/points-number'
import { Pressable } from '../../../components/pressable/pressable'
import { QueryView } from '../../../components/query-view/query-view'
import { Section } from '../../../components/section/section'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { Skeleton } from '../../../components/skeleton/skeleton'
import { formatClosing } from '../../../features/tasks/closing'
import { type TaskSummary, useTasks } from '../../../features/tasks/task.queries'
import { go } from '../../../platform/navigation'
import { useIsSignedIn } from '../../../platform/session'
import { taskText } from '../../../platform/task-text'
import './task-list.scss'

const words = taskText
const groups = ['newcomer', 'daily', 'once'] as const

const icons: Record<TaskKind, IconName> = {
  profile: 'user',
  follow: 'heart',
  survey: 'edit',
  quiz: 'help',
  proof: 'photo',
}

const canDo = ({ standing }: TaskSummary) => standing === 'open' || standing === 'rejected'

/** What stands under a task's name: what to know now, in one or two lines. */
function lineOf({ standing, obstacle, description, progress }: TaskSummary): string {
  if (standing === 'rejected') return words.rejected(obstacle?.message ?? '')
  if (standing === 'unavailable' || standing === 'in_review') return obstacle?.message ?? description
  if (progress && standing === 'open') return words.progress(progress.done, progress.total)
  return description
}

function actionOf({ standing, kind, progress }: TaskSummary): string {
  if (standing === 'rejected') return words.again
  if (progress && progress.done === progress.total) return words.claim
  return standing === 'open' ? words.actions[kind] : words.see
}

/** Done, waiting, not possible, or the one button. The row leads to the task as well. */
function Side({ task }: { task: TaskSummary }) {
  if (task.standing === 'done')
    return (
      <View className="task-row__state">
        <Glyph name="check" size={16} tone="accent" />
        <Text>{words.done}</Text>
      </View>
    )
  if (task.standing === 'in_review') return <Text className="task-row__state">{words.inReview}</Text>
  if (!canDo(task)) return null
  return <Text className="task-row__action">{actionOf(task)}</Text>
}

function TaskRow({ task }: { task: TaskSummary }) {
  const { id, name, standing, closesAt, rewardPoints, earnedPoints } = task
  return (
    <Pressable
      className={`task-row task-row--${standing.replace('_', '-')}`}
      id={`task-${id}`}
      onPress={() => go.task(id)}
    >
      <View className="task-row__icon">
        <Glyph name={icons[task.kind]} size={22} tone={canDo(task) ? 'accent' : 'ink3'} />
      </View>
      <View className="task-row__words">
        <Text className="task-row__name">{name}</Text>
        <Text className="task-row__line">{lineOf(task)}</Text>
        {closesAt && canDo(task) ? (
          <Text className="task-row__until">{words.until(formatClosing(closesAt))}</Text>
        ) : null}
      </View>
      <View className="task-row__side">
        <Text className="task-row__points">{words.gained(earnedPoints ?? rewardPoints)}</Text>
        <Side task={task} />
      </View>
    </Pressable>
  )
}

/** What there is to gain, as the largest thing on the page. */
function Summary({ tasks }: { tasks: readonly TaskSummary[] }) {
  const open = tasks.filter(canDo)
  const points = open.reduce((sum, { rewardPoints }) => sum + rewardPoints, 0)
  return (
    <View className="task-summary" id="task-summary">
      <Text className="task-summary__name">{open.length > 0 ? words.leftToEarn : words.allDone}</Text>
      {open.length > 0 ? <PointsNumber points={points} size="large" tone="gold" countsUp /> : null}
      <Text className="task-summary__line">
        {open.length > 0 ? words.leftCount(open.length) : words.allDoneLine}
      </Text>
    </View>
  )
}

function Groups({ tasks }: { tasks: readonly TaskSummary[] }) {
  return (
    <>
      <Summary tasks={tasks} />
      {groups.map((schedule) => {
        const own = tasks.filter((task) => task.schedule === schedule)
        if (own.length === 0) return null
        // What can be done comes first, what is done last.
        const rank = (task: TaskSummary) => (canDo(task) ? 0 : task.standing === 'done' ? 2 : 1)
        const sorted = [...own].sort((one, other) => rank(one) - rank(other))
        return (
          <Section title={words.groups[schedule]} key={schedule}>
            <View className="task-group">
              {sorted.map((task) => (
                <TaskRow task={task} key={task.id} />
              ))}
            </View>
          </Section>
        )
      })}
    </>
  )
}

const skeleton = (
  <View className="task-skeleton">
    <Skeleton width={96} height={18} />
    <Skeleton width={136} height={44} />
    <Skeleton width={80} height={24} />
    <Skeleton width="100%" height={168} radius={16} />
    <Skeleton width={80} height={24} />
    <Skeleton width="100%" height={252} radius={16} />
  </View>
)

const empty = (
  <EmptyState
    picture="no-entries"
    title={words.none}
    line={words.noneLine}
    action={words.toCheckIn}
    actionId="to-check-in"
    onAction={() => go.home()}
  />
)

function Tasks() {
  const query = useTasks()
  const wasShown = useRef(false)
  // What was done on another page shows when one comes back.
  useDidShow(() => {
    if (wasShown.current) void query.refetch()
    wasShown.current = true
  })
  return (
    <QueryView query={query} skeleton={skeleton} isEmpty={({ items }) => items.length === 0} empty={empty}>
      {({ items }) => <Groups tasks={items} />}
    </QueryView>
  )
}

export default function TaskListPage() {
  const isSignedIn = useIsSignedIn()
  return <Page title={words.title}>{isSignedIn ? <Tasks /> : <SignInInvitation title={words.signIn} />}</Page>
}
