import { Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Button } from '../../../components/button/button'
import { EmptyState } from '../../../components/empty-state/empty-state'
import { Page } from '../../../components/page/page'
import { QueryView } from '../../../components/query-view/query-view'
import { Skeleton } from '../../../components/skeleton/skeleton'
import { type TimedRain, useRain } from '../../../features/rains/rain.queries'
import { useOpening } from '../../../features/rains/use-opening'
import { go } from '../../../platform/navigation'
import { playText } from '../../../platform/play-text'
import { queryClient } from '../../../platform/query-client'
import { useSeconds } from '../../../platform/seconds'
import { phaseOf } from './phase'
import { Reveal } from './reveal'
import { Sky } from './sky'
import { Admission, Result, Tally, Waiting } from './stages'
import './rain.scss'

const words = playText.rain

interface RainStageProps {
  timed: TimedRain
  dataId: string
  readAgain: () => void
}

function RainStage({ timed: { rain, behindMs }, dataId, readAgain }: RainStageProps) {
  const serverNow = useSeconds(true) + behindMs
  const { opening, open, close } = useOpening(rain.id, dataId)
  const [taken, setTaken] = useState<number | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const phase = phaseOf(rain, serverNow, refusal)
  usePointsAfterwards(opening.step === 'opened')

  // The share that is left, and what this member has, are read when the first packet falls.
  const { name } = phase
  const before = useRef(name)
  useEffect(() => {
    if (before.current === 'waiting' && name === 'running') readAgain()
    before.current = name
  }, [name, readAgain])

  const openRef = useRef(open)
  openRef.current = open
  const onTap = useCallback((lane: number) => {
    if (openRef.current()) setTaken(lane)
  }, [])
  const goOn = () => {
    if (opening.step === 'refused') {
      setRefusal(opening.error.code)
      readAgain()
    }
    setTaken(null)
    close()
  }

  const mayPlay = rain.mine !== null && rain.mine.obstacle === null
  if (phase.name === 'waiting') return <Waiting rain={rain} serverNow={serverNow} />
  // The last packet stays on the screen until it has been looked at.
  if (phase.name === 'ended' && opening.step === 'ready') return <Result rain={rain} why={phase.why} />
  return (
    <View className="rain-running">
      <Tally rain={rain} serverNow={serverNow} />
      <Sky taken={taken} onTap={mayPlay ? onTap : doNothing} />
      <View className="rain-foot">
        {mayPlay ? (
          <>
            <Text className="rain-foot__hint">{words.hint}</Text>
            <Button id="rain-open" className="rain-gold" onPress={open}>
              {words.openOne}
            </Button>
          </>
        ) : (
          <Admission rain={rain} />
        )}
      </View>
      {opening.step === 'ready' ? null : <Reveal opening={opening} onClose={goOn} />}
    </View>
  )
}

const doNothing = () => undefined

/** Whoever got something finds his points anew on the pages he goes back to; a crowd does not ask for them while it taps. */
function usePointsAfterwards(hasOpened: boolean): void {
  const hasOpenedRef = useRef(false)
  hasOpenedRef.current ||= hasOpened
  useEffect(
    () => () => {
      if (hasOpenedRef.current) void queryClient.invalidateQueries({ queryKey: ['member'] })
    },
    [],
  )
}

const skeleton = (
  <View className="rain-waiting">
    <Skeleton width={124} height={155} radius={16} />
    <Skeleton width={220} height={28} />
    <Skeleton width={160} height={52} />
  </View>
)

export default function RainPage() {
  const { id = '' } = useRouter().params
  const query = useRain(id)
  const { refetch } = query
  const readAgain = useCallback(() => void refetch(), [refetch])
  return (
    <Page title={words.title} className="rain">
      <QueryView
        query={query}
        skeleton={skeleton}
        isEmpty={(timed) => timed === null}
        empty={
          <EmptyState
            picture="no-gifts"
            title={words.none}
            line={words.noneLine}
            action={words.toMall}
            actionId="to-mall"
            onAction={go.mall}
          />
        }
      >
        {(timed) => (timed ? <RainStage timed={timed} dataId={id} readAgain={readAgain} /> : null)}
      </QueryView>
    </Page>
  )
}
