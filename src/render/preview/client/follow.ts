const key = 'weft-preview-follow'

/** Says whether the page scrolls to what its author edits. */
export function follows(): boolean {
  try {
    return localStorage.getItem(key) !== 'no'
  } catch {
    return true
  }
}

/** Remembers whether the page scrolls to what its author edits. */
export function setFollows(isFollowing: boolean): void {
  try {
    localStorage.setItem(key, isFollowing ? 'yes' : 'no')
  } catch {
    // A page without storage forgets.
  }
}
