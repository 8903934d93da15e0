import { Text, View } from '@tarojs/components'
import { Button } from '../../components/button/button'
import { Menu, MenuGrid, type MenuRow } from '../../components/menu/menu'
import { Page } from '../../components/page/page'
import { PointsNumber } from '../../components/points-number/points-number'
import { Pressable } from '../../components/pressable/pressable'
import { QueryView } from '../../components/query-view/query-view'
import { Skeleton } from '../../components/skeleton/skeleton'
import { Avatar } from '../../features/members/avatar'
import { type Me, useMe } from '../../features/members/member.queries'
import { TierBadge } from '../../features/members/tier-badge'
import { formatDay, formatPoints } from '../../platform/format'
import { go } from '../../platform/navigation'
import { useIsSignedIn } from '../../platform/session'
import { text } from '../../platform/text'
import './me.scss'

const words = text.me

function Profile({ me }: { me: Me }) {
  const { member, points } = me
  return (
    <>
      <View className="me-profile">
        <Avatar nick={member.nick} url={member.avatarUrl} />
        <View className="me-profile__words">
          <Text className="me-profile__nick" id="nick">
            {member.nick}
          </Text>
          <Text className="me-profile__joined">{words.joined(formatDay(member.joinedAt))}</Text>
        </View>
        <TierBadge tier={member.tier} />
      </View>
      {member.isBlocked ? <Text className="me-blocked">{words.blocked}</Text> : null}
      <Pressable className="me-points" id="points" onPress={go.pointsEntries}>
        <View>
          <Text className="me-points__name">{words.available}</Text>
          <PointsNumber id="points-value" points={points.available} size="large" />
        </View>
        <View className="me-points__side">
          <Text className="me-points__name">{words.frozen}</Text>
          <Text className="me-points__frozen">{formatPoints(points.frozen)}</Text>
        </View>
      </Pressable>
    </>
  )
}

const profileSkeleton = (
  <>
    <View className="me-profile">
      <Skeleton width={56} height={56} radius={28} />
      <View className="me-profile__words">
        <Skeleton width={112} height={20} />
      </View>
    </View>
    <View className="me-points">
      <Skeleton width={148} height={52} />
    </View>
  </>
)

function Guest() {
  return (
    <View className="me-profile">
      <View className="me-profile__words">
        <Text className="me-profile__nick">{words.guestNick}</Text>
        <Text className="me-profile__joined">{words.guestLine}</Text>
      </View>
      <Button id="sign-in" size="medium" onPress={go.signIn}>
        {text.signInInvitation.action}
      </Button>
    </View>
  )
}

export default function MePage() {
  const isSignedIn = useIsSignedIn()
  const me = useMe()
  const unread = me.data?.unreadMessages ?? 0
  const memberEntries: MenuRow[] = [
    { id: 'to-profile', icon: 'user', label: text.me.profile, onPress: go.profile },
    { id: 'to-entries', icon: 'points', label: words.entries, onPress: go.pointsEntries },
    { id: 'to-tiers', icon: 'star', label: words.tier, onPress: go.tier },
    { id: 'to-calendar', icon: 'calendar', label: text.me.calendar, onPress: go.checkInCalendar },
    { id: 'to-invite', icon: 'share', label: words.invite, onPress: go.invite },
    { id: 'to-wishes', icon: 'heart', label: text.me.wishes, onPress: go.wishes },
    { id: 'my-basket', icon: 'gift', label: text.basket.title, onPress: go.basket },
    { id: 'to-after-sales', icon: 'refresh', label: text.afterSale.listTitle, onPress: go.afterSales },
    { id: 'to-addresses', icon: 'location', label: words.addresses, onPress: go.addresses },
    {
      id: 'to-inbox',
      icon: 'bell',
      label: words.inbox,
      count: unread,
      countLabel: words.unread(unread),
      onPress: go.inbox,
    },
  ]
  return (
    <Page className="me">
      {isSignedIn ? (
        <QueryView query={me} skeleton={profileSkeleton}>
          {(data) => <Profile me={data} />}
        </QueryView>
      ) : (
        <Guest />
      )}
      {isSignedIn ? <MenuGrid entries={memberEntries} /> : null}
      <Menu
        rows={[
          ...(isSignedIn
            ? [
                {
                  id: 'to-tasks',
                  icon: 'task' as const,
                  label: words.tasks,
                  hint: words.tasksHint,
                  onPress: go.tasks,
                },
                {
                  id: 'to-settings',
                  icon: 'settings' as const,
                  label: text.me.settings,
                  onPress: go.settings,
                },
              ]
            : []),
          { id: 'to-help', icon: 'help', label: text.me.help, onPress: go.help },
          {
            id: 'to-desk',
            icon: 'scan',
            label: words.staffDesk,
            hint: words.staffHint,
            onPress: go.staffDesk,
          },
        ]}
      />
    </Page>
  )
}
