package i18n

// Serving are the texts of the mcp command.
type Serving struct {
	Cmd, How string
	// NoFolder says that what was named is no folder; {path}.
	NoFolder string
}

func servingZH() Serving {
	return Serving{
		Cmd:      "让 AI 助手调用检查（MCP，标准输入输出）",
		How:      "给支持 Model Context Protocol 的 AI 助手用：提供 scan、inspect、explain、rules 四个工具，只读，只能看启动时写明的文件夹里的文件；不联网，也不写任何文件。工具的回答会交给您的 AI 助手：其中有从材料里读到的文字和路径。",
		NoFolder: "{path} 不是文件夹",
	}
}

func servingEN() Serving {
	return Serving{
		Cmd:      "let an AI agent use the checks (MCP over standard input and output)",
		How:      "For agents that speak the Model Context Protocol: the tools scan, inspect, explain and rules, read-only and for files below the folders named here alone; no network is used and no file written. What the tools answer goes to your agent: paths and texts read from the material among it.",
		NoFolder: "{path} is no folder",
	}
}
