using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace PracticeApp.Shared;

/// <summary>
/// Messages beside fields in the reader's language: every default of model binding and of the validation
/// attributes, and the <c>ErrorMessage = "Key"</c> of an attribute, looked up in the feature's texts first.
/// </summary>
public static class FieldMessages
{
    public static IMvcBuilder AddFieldMessages(this IMvcBuilder mvc)
    {
        mvc.AddDataAnnotationsLocalization(o => o.DataAnnotationLocalizerProvider = FeatureThenShared);
        mvc.Services.AddSingleton<IConfigureOptions<MvcOptions>, BindingMessages>();
        mvc.AddViewOptions(o => o.HtmlHelperOptions.ClientValidationEnabled = false);
        return mvc;
    }

    private static IStringLocalizer FeatureThenShared(Type model, IStringLocalizerFactory factory)
    {
        var shared = factory.Create(typeof(Texts));
        var feature = model.Assembly.GetType($"{model.Namespace}.{nameof(Texts)}");
        return feature is null || feature == typeof(Texts) ? shared : new TwoSources(factory.Create(feature), shared);
    }

    private sealed class TwoSources(IStringLocalizer first, IStringLocalizer second) : IStringLocalizer
    {
        public LocalizedString this[string name] => first[name] is { ResourceNotFound: false } found ? found : second[name];

        public LocalizedString this[string name, params object[] arguments] =>
            first[name, arguments] is { ResourceNotFound: false } found ? found : second[name, arguments];

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
            first.GetAllStrings(includeParentCultures).Concat(second.GetAllStrings(includeParentCultures));
    }

    private sealed class BindingMessages(IStringLocalizer<Texts> s) : IConfigureOptions<MvcOptions>
    {
        public void Configure(MvcOptions options)
        {
            options.ModelMetadataDetailsProviders.Add(new DefaultKeys());
            var messages = options.ModelBindingMessageProvider;
            messages.SetMissingBindRequiredValueAccessor(_ => s["Field.Required"]);
            messages.SetMissingKeyOrValueAccessor(() => s["Field.Required"]);
            messages.SetMissingRequestBodyRequiredValueAccessor(() => s["Field.Required"]);
            messages.SetValueMustNotBeNullAccessor(_ => s["Field.Required"]);
            messages.SetValueMustBeANumberAccessor(_ => s["Field.Number"]);
            messages.SetNonPropertyValueMustBeANumberAccessor(() => s["Field.Number"]);
            messages.SetAttemptedValueIsInvalidAccessor((_, _) => s["Field.Unclear"]);
            messages.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => s["Field.Unclear"]);
            messages.SetUnknownValueIsInvalidAccessor(_ => s["Field.Unclear"]);
            messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => s["Field.Unclear"]);
            messages.SetValueIsInvalidAccessor(_ => s["Field.Unclear"]);
        }
    }

    /// <summary>Gives each validation attribute without a message of its own the key of ours.</summary>
    private sealed class DefaultKeys : IValidationMetadataProvider
    {
        public void CreateValidationMetadata(ValidationMetadataProviderContext context)
        {
            foreach (var attribute in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>())
            {
                if (attribute.ErrorMessage is null && attribute.ErrorMessageResourceType is null)
                {
                    attribute.ErrorMessage = KeyOf(attribute);
                }
            }
        }

        private static string KeyOf(ValidationAttribute attribute) => attribute switch
        {
            RequiredAttribute => "Field.Required",
            StringLengthAttribute { MinimumLength: > 0 } => "Field.LengthBetween",
            StringLengthAttribute or MaxLengthAttribute => "Field.TooLong",
            MinLengthAttribute => "Field.TooShort",
            RangeAttribute => "Field.Range",
            EmailAddressAttribute => "Field.Email",
            PhoneAttribute => "Field.Phone",
            UrlAttribute => "Field.Url",
            CompareAttribute => "Field.Compare",
            _ => "Field.Unclear",
        };
    }
}
