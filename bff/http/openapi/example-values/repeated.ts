export const id = '019a3f5c7e10b4d26f83a1c95e07d2b8'
export const picture = '/pictures/celadon-cup.webp'
export const phone = '13800138000'
