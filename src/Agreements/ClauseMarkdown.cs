using System.Collections.Immutable;
using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace PracticeApp.Agreements;

/// <summary>A stretch of clause text in one weight.</summary>
public readonly record struct ClauseRun(string Text, bool Emphasis, bool Strong);

/// <summary>A paragraph, or a point of a list with its mark ("•", "2.").</summary>
public sealed record ClauseBlock(string? Mark, ImmutableArray<ClauseRun> Runs);

/// <summary>
/// Clause text as what may be shown of it: paragraphs, lists, emphasis. Whatever else Markdown knows (HTML, links,
/// pictures, headings) is shown as its plain words, on the page and in the PDF alike.
/// </summary>
public static class ClauseMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    public static ImmutableArray<ClauseBlock> Read(string markdown)
    {
        var blocks = ImmutableArray.CreateBuilder<ClauseBlock>();
        AddBlocks(blocks, Markdown.Parse(markdown, Pipeline), null);
        return blocks.ToImmutable();
    }

    /// <summary>The same, with the points of one list together.</summary>
    public static IEnumerable<IReadOnlyList<ClauseBlock>> ReadGrouped(string markdown)
    {
        var group = new List<ClauseBlock>();
        foreach (var block in Read(markdown))
        {
            if (group.Count > 0 && (block.Mark is null || group[^1].Mark is null || (block.Mark == "•") != (group[^1].Mark == "•")))
            {
                yield return group;
                group = [];
            }

            group.Add(block);
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private static void AddBlocks(ImmutableArray<ClauseBlock>.Builder blocks, ContainerBlock container, string? mark)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case ListBlock list:
                    var number = int.TryParse(list.OrderedStart, out var start) ? start : 1;
                    foreach (var item in list.OfType<ListItemBlock>())
                    {
                        AddBlocks(blocks, item, list.IsOrdered ? $"{number++}." : "•");
                    }

                    break;
                case ContainerBlock inner:
                    AddBlocks(blocks, inner, mark);
                    break;
                case LeafBlock leaf:
                    var runs = new List<ClauseRun>();
                    AddRuns(runs, leaf.Inline, false, false);
                    if (leaf.Inline is null)
                    {
                        Append(runs, leaf.Lines.ToString(), false, false);
                    }

                    if (runs.Count > 0)
                    {
                        blocks.Add(new ClauseBlock(mark, [.. runs]));
                    }

                    break;
            }
        }
    }

    private static void AddRuns(List<ClauseRun> runs, ContainerInline? container, bool emphasis, bool strong)
    {
        foreach (var inline in container ?? [])
        {
            switch (inline)
            {
                case LiteralInline literal: Append(runs, literal.Content.ToString(), emphasis, strong); break;
                case LineBreakInline: Append(runs, " ", emphasis, strong); break;
                case CodeInline code: Append(runs, code.Content, emphasis, strong); break;
                case HtmlEntityInline entity: Append(runs, entity.Transcoded.ToString(), emphasis, strong); break;
                case AutolinkInline link: Append(runs, link.Url, emphasis, strong); break;
                case EmphasisInline inner: AddRuns(runs, inner, emphasis || inner.DelimiterCount == 1, strong || inner.DelimiterCount > 1); break;
                case ContainerInline inner: AddRuns(runs, inner, emphasis, strong); break;
                default: break;
            }
        }
    }

    private static void Append(List<ClauseRun> runs, string text, bool emphasis, bool strong)
    {
        if (runs.Count > 0 && runs[^1].Emphasis == emphasis && runs[^1].Strong == strong)
        {
            runs[^1] = runs[^1] with { Text = new StringBuilder(runs[^1].Text).Append(text).ToString() };
        }
        else if (text.Length > 0)
        {
            runs.Add(new ClauseRun(text, emphasis, strong));
        }
    }
}
