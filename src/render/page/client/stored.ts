/** What a reader chose, kept where the browser lets a page keep something. */
export const stored = {
  write(key: string, value: string): void {
    try {
      localStorage.setItem(key, value)
    } catch {
      // A page without storage forgets.
    }
  },
}
