import { useMutation } from '@tanstack/react-query'
import { showToast } from '../../components/toast/toast'
import { ApiError } from '../../platform/api-error'
import { handOverFile } from '../../platform/hand-over-file'
import { fetchFile } from '../../platform/request'
import { text } from '../../platform/text'

/** Gets a month's statement and hands it over. */
export const useStatement = () =>
  useMutation({
    mutationFn: async (month: string) => {
      const bytes = await fetchFile(`/api/member/points/statements/${month}`)
      return handOverFile(bytes, text.points.statementFile(month))
    },
    onSuccess: (isDone) => showToast(isDone ? text.points.statementDone : text.points.statementNotDone),
    onError: (error) => showToast(error instanceof ApiError ? error.message : text.points.statementNotDone),
  })
