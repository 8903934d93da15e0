import { useMutation } from '@tanstack/react-query'
import { keepFile } from '../../platform/files'
import { fetchFile } from '../../platform/request'

/** Gets a month's statement and hands it to the phone. Gives its path where it still has to be sent on. */
export const useStatement = (month: string, fileName: string) =>
  useMutation({
    mutationFn: async () => keepFile(fileName, await fetchFile(`/api/member/points/statements/${month}`)),
  })
