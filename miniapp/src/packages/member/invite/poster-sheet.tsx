import { useQuery } from '@tanstack/react-query'
import { Image, View } from '@tarojs/components'
import { Button } from '../../../components/button/button'
import { QueryView } from '../../../components/query-view/query-view'
import { Sheet } from '../../../components/sheet/sheet'
import { Skeleton } from '../../../components/skeleton/skeleton'
import { showToast } from '../../../components/toast/toast'
import type { InvitationsPage } from '../../../features/invitations/invitation.queries'
import { useMe } from '../../../features/members/member.queries'
import { accountText } from '../../../platform/account-text'
import { useColors } from '../../../platform/brand'
import { savePicture } from '../../../platform/drawn-picture'
import { loadOwnPicture } from '../../../platform/photos'
import { drawPoster } from './draw-poster'

const words = accountText.invite.poster

interface PosterSheetProps {
  isOpen: boolean
  onClose: () => void
  page: InvitationsPage
}

/** The poster, drawn on the phone when it is asked for, and a way to keep it. */
export function PosterSheet({ isOpen, onClose, page }: PosterSheetProps) {
  const { inviteCode, inviteePoints: points } = page
  // The gold of the dark theme is the one that is seen on the accent.
  const { gold } = useColors('dark')
  const colors = { ...useColors('light'), gold }
  const nick = useMe().data?.member.nick
  const poster = useQuery({
    queryKey: ['member', 'invite-poster', inviteCode, points, nick, colors.accent],
    queryFn: async () => {
      const codePath = await loadOwnPicture('/api/member/invitations/mini-program-code')
      return drawPoster({ nick: nick ?? '', inviteCode, points, codePath, colors })
    },
    enabled: isOpen && nick !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const save = async (path: string) =>
    showToast((await savePicture(path, words.fileName)) ? words.saved : words.notSaved)
  return (
    <Sheet
      id="poster-sheet"
      isOpen={isOpen}
      onClose={onClose}
      title={words.title}
      foot={
        poster.data ? (
          <Button id="save-poster" onPress={() => void save(poster.data)}>
            {words.save}
          </Button>
        ) : null
      }
    >
      <View className="invite-poster">
        <QueryView query={poster} skeleton={<Skeleton width="260px" height={416} radius={16} />}>
          {(path) => (
            <Image
              id="poster"
              className="invite-poster__picture"
              src={path}
              mode="aspectFill"
              showMenuByLongpress
              aria-label={words.picture(inviteCode)}
            />
          )}
        </QueryView>
      </View>
    </Sheet>
  )
}
