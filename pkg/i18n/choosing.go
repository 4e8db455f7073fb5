package i18n

// Choosing are the texts of scanning some files alone: those listed, those changed.
type Choosing struct {
	FlagFilesFrom, FlagNull, FlagSince string
	// ErrBoth says that two flags cannot be combined; {flag}, {other}.
	ErrBoth string
	// ErrPaths says that a list of files stands for the paths.
	ErrPaths string
	// ErrNull says that --null is about --files-from.
	ErrNull string
	// What keeps --since from working; {path}, {ref}, {why}. Instead says what to do
	// then.
	NoGit, NoRepository, UnknownRef, Shallow, GitFailed, Instead string
	// Gone says that files of the list are not there; {n}, {names}.
	Gone string
	// Unchanged says that there is nothing to do; {ref}.
	Unchanged string
	// Everything says that all is judged because of a changed file; {file}.
	Everything string
}

func choosingZH() Choosing {
	return Choosing{
		FlagFilesFrom: "只检查这个文件里列出的文件，一行一个；“-” 表示从标准输入读",
		FlagNull:      "--files-from 的文件名以 NUL 字符分隔（如 git diff -z、find -print0；有 NUL 字符时自动识别）",
		FlagSince:     "只检查这个提交、分支或标签之后改动过的文件（用 git 比较，包括还没有提交和还没有加入 git 的）；“main...” 表示从与 main 分开的地方算起",
		ErrBoth:       "{flag} 和 {other} 不能一起用，请只用一个",
		ErrPaths:      "--files-from 已经列出要检查的文件，不要再写路径",
		ErrNull:       "--null 只和 --files-from 一起用",
		NoGit:         "--since 要用 git，这台机器上没有找到。",
		NoRepository:  "--since 要在 git 仓库里用，{path} 不在仓库里，或者 git 不信任它（{why}）。",
		UnknownRef:    "git 不认识 {ref}：请检查提交、分支或标签的名字。",
		Shallow:       "这个 git 仓库只取了一部分历史（浅克隆），里面没有 {ref}：请取全历史（如 actions/checkout 写 fetch-depth: 0，或先运行 git fetch）。",
		GitFailed:     "git 没有比较成功：{why}。",
		Instead:       "也可以自己列出文件，用 --files-from 交给 aecheck。",
		Gone:          "列出的文件有 {n} 个不在了（删除或改名？），没有检查：{names}",
		Unchanged:     "{ref} 之后没有改动需要检查的文件。",
		Everything:    "{file} 有改动，会影响所有文件：这次全部检查。",
	}
}

func choosingEN() Choosing {
	return Choosing{
		FlagFilesFrom: "check the files listed in this file alone, one a line; \"-\" reads the list from standard input",
		FlagNull:      "the names of --files-from end with NUL, as git diff -z and find -print0 write them (known by itself where there is a NUL)",
		FlagSince:     "check only what changed since this commit, branch or tag (asks git; with what is not committed and what git does not know yet); \"main...\" counts from where main was left",
		ErrBoth:       "{flag} and {other} cannot be combined: use one of them",
		ErrPaths:      "--files-from lists what to check: give no paths beside it",
		ErrNull:       "--null goes with --files-from",
		NoGit:         "--since needs git, which is not on this machine.",
		NoRepository:  "--since works in a git repository; {path} lies in none, or git does not trust it ({why}).",
		UnknownRef:    "git knows no {ref}: check the name of the commit, branch or tag.",
		Shallow:       "this clone holds a part of the history only (it is shallow) and {ref} is not in it: fetch all of it (fetch-depth: 0 of actions/checkout, or git fetch).",
		GitFailed:     "git could not compare: {why}.",
		Instead:       "Or list the files yourself and hand them over with --files-from.",
		Gone:          "{n} file of the list is not there (deleted or renamed?) and was not checked: {names}|{n} files of the list are not there (deleted or renamed?) and were not checked: {names}",
		Unchanged:     "Nothing to check has changed since {ref}.",
		Everything:    "{file} changed, which concerns every file: everything is checked.",
	}
}
